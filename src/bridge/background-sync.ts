/** Name under which the browser wakes the service worker to send what waits. */
export const REPORTS_SYNC = 'claude-echo-insights';

/** Background Sync, which TypeScript's library does not know and only Chromium has. */
interface SyncRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/**
 * Asks the browser to wake the service worker once there is a network. Where that cannot be, the next start sends.
 *
 * @returns whether the browser will
 */
export async function sendWhenOnline(): Promise<boolean> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
  if (registration?.sync === undefined) return false;
  try {
    await registration.sync.register(REPORTS_SYNC);
    return true;
  } catch {
    // Switched off by the person, or by the browser's own rules: then the next start sends.
    return false;
  }
}
