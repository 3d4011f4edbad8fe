import { METRICS_AN_EPOCH } from './assignment';
import { DAY_MS, epochOf } from './epoch';
import type { MetricId } from './protocol/metrics';
import { EPSILON_A_REPORT } from './protocol/randomised-response';

/** One report that was made, whether it was sent or not. */
export interface Spend {
  readonly metric: MetricId;
  readonly epoch: number;
  readonly atMs: number;
}

/** How many reports a device makes at most in any so many days. */
export const CAPS = [
  { days: 1, most: 1 },
  { days: 30, most: 2 },
  { days: 365, most: 24 },
] as const;

/**
 * The same question is answered once in so many days: fresh noise every month would let whoever links a year of
 * answers average it away.
 */
export const REPEAT_DAYS = 365;

/**
 * A clock may be up to two days ahead before it is doubted. Every span is longer by that, so that no such clock
 * hands out anything early.
 */
export const CLOCK_SLACK_MS = 2 * DAY_MS;

export interface WindowBudget {
  readonly days: number;
  /** Of privacy loss: reports times ε. */
  readonly most: number;
  readonly spent: number;
}

export interface Budget {
  readonly windows: readonly WindowBudget[];
  /** When the next report may be made; in the past when one may be made now. */
  readonly nextAtMs: number;
}

const spanMs = (days: number): number => days * DAY_MS + CLOCK_SLACK_MS;

/** @param nowMs a time that never goes back */
export function budgetAt(spends: readonly Spend[], nowMs: number): Budget {
  const newestFirst = spends.map(({ atMs }) => atMs).toSorted((a, b) => b - a);
  const windows = CAPS.map(({ days, most }) => ({
    days,
    most: most * EPSILON_A_REPORT,
    spent: newestFirst.filter((atMs) => atMs > nowMs - spanMs(days)).length * EPSILON_A_REPORT,
  }));
  const free = CAPS.map(
    ({ days, most }) => (newestFirst[most - 1] ?? Number.NEGATIVE_INFINITY) + spanMs(days),
  );
  return { windows, nextAtMs: Math.max(0, ...free) };
}

/** Which of the questions dealt to this device may still be answered now. */
export function askableMetrics(
  assigned: readonly MetricId[],
  spends: readonly Spend[],
  nowMs: number,
): readonly MetricId[] {
  const epoch = epochOf(nowMs);
  if (spends.filter((spend) => spend.epoch === epoch).length >= METRICS_AN_EPOCH) return [];
  return assigned.filter(
    (metric) =>
      !spends.some(
        (spend) =>
          spend.metric === metric && (spend.epoch === epoch || spend.atMs > nowMs - spanMs(REPEAT_DAYS)),
      ),
  );
}

/** Whether a report is so long ago that no rule asks for it any more. */
export const isForgettable = ({ atMs }: Spend, nowMs: number): boolean => atMs <= nowMs - spanMs(REPEAT_DAYS);

/** From when on a device that kept no record of its reports, the last of them at `lastMs`, may make one. */
export const restUntilMs = (lastMs: number): number => lastMs + spanMs(REPEAT_DAYS);
