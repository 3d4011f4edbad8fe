import { draftReport, type MetricValues } from '../../src/insights/draft-report';
import type { Sign } from '../../src/insights/keyed-bits';
import { estimateMetric, type MetricEstimate } from '../../src/insights/protocol/estimate';
import { bucketCount, type MetricId, metricIds } from '../../src/insights/protocol/metrics';
import { parseReportBatch } from '../../src/insights/protocol/report-batch';
import { zipfShares } from './devices';

export interface PathResult {
  readonly metric: MetricId;
  readonly estimate: MetricEstimate;
  readonly trueShares: readonly number[];
}

/**
 * Every device makes its first report as the app does: questions dealt, answer drawn, bytes encoded; the bytes are
 * parsed as the endpoint does, counted and estimated.
 */
export async function wholePath(signers: readonly Sign[], nowMs: number): Promise<readonly PathResult[]> {
  const counts = new Map(metricIds.map((metric) => [metric, Array<number>(bucketCount(metric)).fill(0)]));
  const truths = new Map(metricIds.map((metric) => [metric, Array<number>(bucketCount(metric)).fill(0)]));
  for (const [device, sign] of signers.entries()) {
    const values = Object.fromEntries(
      metricIds.map((metric, at) => [metric, zipfBucket(bucketCount(metric), device * 8 + at)]),
    ) as MetricValues;
    const next = await draftReport(sign, nowMs, [], values);
    if (next.kind !== 'draft') throw new Error(`device ${device} makes no report`);
    const parsed = parseReportBatch(JSON.parse(new TextDecoder().decode(next.draft.body)));
    if (!parsed.ok) throw new Error(`${parsed.error.path}: ${parsed.error.message}`);
    for (const { metric, answer } of parsed.value.reports) {
      add(counts.get(metric), answer);
      add(truths.get(metric), values[metric] ?? 0);
    }
  }
  return metricIds.map((metric) => {
    const [said, asked] = [counts.get(metric) ?? [], truths.get(metric) ?? []];
    const total = asked.reduce((sum, count) => sum + count, 0);
    return {
      metric,
      estimate: estimateMetric(metric, said),
      trueShares: asked.map((count) => count / total),
    };
  });
}

function add(counts: number[] | undefined, at: number): void {
  if (counts !== undefined) counts[at] = (counts[at] ?? 0) + 1;
}

/** A bucket by Zipf's law, spread over devices by the golden ratio so that no two questions go together. */
function zipfBucket(buckets: number, at: number): number {
  const position = (at * 0.618_033_988_749_895) % 1;
  let share = 0;
  for (const [bucket, each] of zipfShares(buckets).entries()) {
    share += each;
    if (position < share) return bucket;
  }
  return buckets - 1;
}
