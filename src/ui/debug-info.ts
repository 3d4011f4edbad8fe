/** How the learning system ran lately, as the debug information tells it. `null` is what is not known. */
export interface RecentOperations {
  readonly coveredMs: number;
  readonly operations: number;
  readonly averageResponseTimeMs: number | null;
  readonly throughputPerSecond: number;
  readonly errorRate: number | null;
}

/** Reads the figures out of exported debug information; `undefined` when there are none. */
export function recentOperationsIn(exported: string): RecentOperations | undefined {
  const info: unknown = JSON.parse(exported);
  if (!isRecord(info) || !isRecord(info['performanceMetrics'])) return undefined;
  const { coveredMs, operations, throughputPerSecond, averageResponseTimeMs, errorRate } =
    info['performanceMetrics'];
  if (typeof coveredMs !== 'number' || typeof operations !== 'number') return undefined;
  if (typeof throughputPerSecond !== 'number') return undefined;
  return {
    coveredMs,
    operations,
    throughputPerSecond,
    averageResponseTimeMs: typeof averageResponseTimeMs === 'number' ? averageResponseTimeMs : null,
    errorRate: typeof errorRate === 'number' ? errorRate : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
