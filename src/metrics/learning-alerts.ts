import type { Configuration } from '../config/configuration';
import type { AlertRule } from './alert-monitor';
import type { LearningSystemMetrics } from './learning-system-metrics';

export const BYTES_PER_MB = 1_048_576;

/** An alert ends when the value has come down to this share of what raised it. */
const CLEAR_SHARE = 0.8;

/** The rules that the configuration asks for, on what is really measured. Build them anew when it changes. */
export function learningAlertRules(
  { monitoring, performance }: Configuration,
  metrics: LearningSystemMetrics,
): readonly AlertRule[] {
  const { errorRate, averageDurationMs, memoryShare, forSeconds } = monitoring.alerts;
  const rule = (name: string, raiseAbove: number, value: () => number | undefined): AlertRule => ({
    name,
    value,
    raiseAbove,
    clearBelow: raiseAbove * CLEAR_SHARE,
    forMs: forSeconds * 1_000,
  });
  return [
    rule('learning-fails', errorRate, () => metrics.recent.rates().errorRate),
    rule('learning-is-slow', averageDurationMs, () => metrics.recent.rates().averageDurationMs),
    rule(
      'memory-is-short',
      memoryShare * performance.memoryLimitMb * BYTES_PER_MB,
      () => metrics.memoryUsage.value,
    ),
  ];
}
