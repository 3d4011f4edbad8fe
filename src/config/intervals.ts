import type { Configuration } from './configuration';

const FASTER = 60;

/** How often things happen, in milliseconds, with `learning.fastIntervals` taken into account. */
export interface Intervals {
  readonly batchLearningMs: number;
  readonly cleanupMs: number;
  readonly healthCheckMs: number;
}

export function intervalsOf({ learning, monitoring }: Configuration): Intervals {
  const factor = learning.fastIntervals ? 1 / FASTER : 1;
  return {
    batchLearningMs: learning.batchIntervalMinutes * 60_000 * factor,
    cleanupMs: learning.dataManager.cleanupIntervalHours * 3_600_000 * factor,
    // A second is as short as a health check makes sense.
    healthCheckMs: Math.max(1_000, monitoring.healthCheckIntervalSeconds * 1_000 * factor),
  };
}
