import type { Parcel } from '../../insights/upload-reports';
import type { ParcelRow } from './ledger-rows';

/**
 * Endpoints know a report that is sent again for 400 days; one that could not be delivered for so long is given up
 * before it could be counted twice.
 */
const GIVEN_UP_AFTER_MS = 365 * 86_400_000;

/** What may be sent by now, oldest first, whoever asks. */
export function dueParcels(
  parcels: readonly ParcelRow[],
  endpoint: string,
  nowMs: number,
): readonly Parcel[] {
  return parcels
    .filter((row) => row.delivery === 'waiting' && row.endpoint === endpoint)
    .filter((row) => row.sendAfterMs <= nowMs && row.sendAfterMs > nowMs - GIVEN_UP_AFTER_MS)
    .toSorted((a, b) => a.sendAfterMs - b.sendAfterMs)
    .map(({ id, body }) => ({ id, endpoint, body }));
}
