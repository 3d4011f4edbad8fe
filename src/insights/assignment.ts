import { keyedBits, type Sign, toDraw } from './keyed-bits';
import { type MetricId, metricIds } from './protocol/metrics';

/** Questions a device may be asked in one epoch. */
export const METRICS_AN_EPOCH = 2;

/** The questions of this device for an epoch, drawn by its own key, in the order they are asked. */
export async function assignedMetrics(sign: Sign, epoch: number): Promise<readonly MetricId[]> {
  const ranked = await Promise.all(
    metricIds.map(async (metric) => ({
      metric,
      rank: toDraw(await keyedBits(sign, 'assignment', epoch, metric)),
    })),
  );
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, METRICS_AN_EPOCH)
    .map(({ metric }) => metric);
}
