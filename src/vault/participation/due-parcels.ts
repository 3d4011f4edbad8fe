import type { Parcel } from '../../insights/upload-reports';
import type { ParcelRow } from './ledger-rows';

/** What may be sent by now, oldest first, whoever asks. */
export function dueParcels(
  parcels: readonly ParcelRow[],
  endpoint: string,
  nowMs: number,
): readonly Parcel[] {
  return parcels
    .filter((row) => row.delivery === 'waiting' && row.endpoint === endpoint && row.sendAfterMs <= nowMs)
    .toSorted((a, b) => a.sendAfterMs - b.sendAfterMs)
    .map(({ id, body }) => ({ id, endpoint, body }));
}
