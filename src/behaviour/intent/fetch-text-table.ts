import { err, type Result } from '../../core/result';
import { TextTable, type TextTableError } from './text-table';

/** From the cache it takes milliseconds; a network that stalls must not hold up learning for ever. */
const PATIENCE_MS = 20_000;

/** Fetches the table from our own origin; offline it comes from the service worker's cache. */
export async function fetchTextTable(
  url: string,
  manifest: unknown,
): Promise<Result<TextTable, TextTableError>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return err({ kind: 'unreachable', detail: `status ${response.status}` });
    return TextTable.open(new Uint8Array(await response.arrayBuffer()), manifest);
  } catch (reason) {
    return err({ kind: 'unreachable', detail: reason instanceof Error ? reason.message : String(reason) });
  }
}
