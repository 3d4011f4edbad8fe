/** Shares of utterances; of fewer than 20 nothing is said. */
const shares = [
  'under-20-utterances',
  'none',
  'to-2-percent',
  'to-5-percent',
  'to-10-percent',
  'to-20-percent',
  'to-40-percent',
  'over-40-percent',
] as const;

/**
 * Every question a device may answer, and the answers there are: all that insights can ever be about. An id or a
 * bucket never gets a second meaning; a changed question is a new id. Why each is asked, and how it is computed:
 * `docs/insights-metrics.md`, which a test keeps in step.
 */
export const metricBuckets = {
  /** Which language the interface speaks. */
  'interface-language': ['en', 'zh-CN'],
  /** Whether something Echo did was undone in the last 30 days. */
  'action-undone': ['no', 'yes'],
  /** What the neural networks run on. */
  'compute-backend': ['webgpu', 'webgl', 'wasm', 'none'],
  /** Median number of recordings a phrase. */
  'takes-per-phrase': ['none', '1', '2', '3', '4-5', '6-or-more'],
  /** How many phrases are taught. */
  'phrases-taught': ['0', '1-2', '3-5', '6-10', '11-20', '21-40', '41-80', '81-or-more'],
  /** Share of the last 30 days' utterances that were corrected. */
  'corrections-needed': shares,
  /** Share of the last 30 days' utterances in which no phrase was recognised. */
  'not-recognised': shares,
  /** What failed most often in the last 30 days. */
  'failing-feature': [
    'nothing',
    'recording-quality',
    'webhook',
    'link',
    'copying',
    'speaking',
    'storage',
    'several-equally',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MetricId = keyof typeof metricBuckets;

export const metricIds = Object.keys(metricBuckets) as readonly MetricId[];

/** @returns k: how many answers there are, 2 to 8 */
export function bucketCount(metric: MetricId): number {
  return metricBuckets[metric].length;
}
