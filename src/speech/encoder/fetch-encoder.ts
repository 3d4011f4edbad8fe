import { err, ok, type Result } from '../../core/result';
import type { EncoderError } from './encoder-manifest';

/** From the cache it takes milliseconds; a network that stalls must not hold up listening for ever. */
const PATIENCE_MS = 20_000;

/** Fetches the weights from our own origin; offline they come from the service worker's cache. */
export async function fetchEncoder(url: string): Promise<Result<Uint8Array<ArrayBuffer>, EncoderError>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return err({ kind: 'unreachable', detail: `status ${response.status}` });
    return ok(new Uint8Array(await response.arrayBuffer()));
  } catch (reason) {
    return err({ kind: 'unreachable', detail: reason instanceof Error ? reason.message : String(reason) });
  }
}
