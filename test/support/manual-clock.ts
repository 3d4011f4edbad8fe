import type { Clock } from '../../src/core/clock';
import { epochMs, monotonicMs } from '../../src/core/units';

export interface ManualClock extends Clock {
  /** Both times, in milliseconds. */
  nowMs: number;
}

/** A clock that stands still until somebody moves it. */
export function manualClock(nowMs = 0): ManualClock {
  const clock: ManualClock = {
    nowMs,
    now: () => epochMs(clock.nowMs),
    monotonic: () => monotonicMs(clock.nowMs),
  };
  return clock;
}
