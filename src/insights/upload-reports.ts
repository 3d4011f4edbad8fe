import { meaningOf, REPORTS_PATH, REPORTS_TYPE } from './protocol/limits';

/** A report on its way: bytes that are never changed, and where they may go. */
export interface Parcel {
  readonly id: string;
  /** Origin that the person agreed to. */
  readonly endpoint: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Where reports wait. */
export interface Outbox {
  /** Those whose hour has come, oldest first. */
  due(endpoint: string): Promise<readonly Parcel[]>;
  /** The endpoint has spoken: from here on the parcel is not sent again. */
  settle(id: string, outcome: 'counted' | 'refused'): Promise<void>;
}

export interface UploadResult {
  readonly settled: number;
  /** Some could not be delivered now. */
  readonly isMore: boolean;
}

/** A server that does not answer must not keep the lock. */
const PATIENCE_MS = 20_000;

const LOCK = 'claude-echo-insights-upload';

/**
 * Sends what is due, one report a request. Whoever sends first holds a lock that pages and service worker share;
 * a report that is sent twice all the same, because an answer was lost, is counted once by its key.
 *
 * @param signal ends it: what is on its way is broken off, and nothing more is sent
 */
export async function uploadReports(
  outbox: Outbox,
  endpoint: string,
  signal: AbortSignal,
): Promise<UploadResult> {
  return await navigator.locks.request(LOCK, async () => {
    let settled = 0;
    for (const { id, body } of await outbox.due(endpoint)) {
      if (signal.aborted) return { settled, isMore: true };
      const meaning = await sendReport(endpoint, body, signal);
      // The endpoint is unreachable or busy: the others would meet the same.
      if (meaning === 'try-later') return { settled, isMore: true };
      await outbox.settle(id, meaning);
      settled += 1;
    }
    return { settled, isMore: false };
  });
}

/** Nothing goes with the bytes that names anybody: no cookie, no referrer, no cache. */
async function sendReport(
  endpoint: string,
  body: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<ReturnType<typeof meaningOf>> {
  try {
    const response = await fetch(`${endpoint}${REPORTS_PATH}`, {
      method: 'POST',
      headers: { 'content-type': REPORTS_TYPE },
      body,
      cache: 'no-store',
      credentials: 'omit',
      mode: 'cors',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    return meaningOf(response.status);
  } catch {
    // No network, no answer, no CORS, or broken off: all of them may pass.
    return 'try-later';
  }
}
