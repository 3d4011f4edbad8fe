import { TAKE_OVER } from './service-worker-messages';
import { trustedScriptUrl } from './trusted-script-url';

export interface ServiceWorkerHost {
  /** Activates the waiting version and reloads this page once it is in charge. */
  update(): void;
}

/**
 * Registers the service worker that keeps the app on this device. A newer version waits until `update` is
 * called; nothing reloads by itself.
 *
 * @param onWaiting a newer version is downloaded
 */
export async function registerServiceWorker(
  url: string,
  onWaiting: () => void,
): Promise<ServiceWorkerHost | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register(trustedScriptUrl(url), { updateViaCache: 'none' });
  } catch {
    // Private windows of some browsers refuse. The app works; only "offline" does not, and the status line says so.
    return undefined;
  }
  const announce = (): void => {
    if (registration.waiting !== null && navigator.serviceWorker.controller !== null) onWaiting();
  };
  announce();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', announce);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
  return {
    update: () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration.waiting?.postMessage(TAKE_OVER);
    },
  };
}
