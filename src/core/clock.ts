import { type EpochMs, epochMs, type MonotonicMs, monotonicMs } from './units';

export interface Clock {
  /** Calendar time; may jump when the person or the network sets it. */
  now(): EpochMs;
  /** Time that never runs backwards, for measuring durations. */
  monotonic(): MonotonicMs;
}

export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  monotonic: () => monotonicMs(performance.now()),
};
