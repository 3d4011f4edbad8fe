import type { Settings } from '../../config/settings';

/** How often Echo may take something else for a phrase, at most. */
export type FalseTriggerBudget = Settings['recognition']['falseTriggers'];

/** What each budget is expected to cost: the share of the person's own utterances that is refused. */
export type BudgetCosts = Readonly<Record<FalseTriggerBudget, number>>;

export interface BudgetLimits {
  /** Share of the person's own other words, said alone, that may be taken for a phrase. */
  readonly ownWordsShare: number;
  /**
   * Standard deviations above the mean of such words that let that share in: Student's t for about eight phrases,
   * whose takes are no independent samples.
   */
  readonly ownWordsDeviations: number;
  /** False triggers in an hour of other people talking. */
  readonly perHour: number;
  /** The same in standard deviations above the mean of the utterances heard then. */
  readonly runningDeviations: number;
}

/** People talking without a pause are cut into this many utterances an hour (968 measured on read speech). */
export const UTTERANCES_AN_HOUR = 1_000;
/** A day holds this many hours of talk, from people, radio and television together. */
export const TALKING_HOURS_A_DAY = 8;

/**
 * `runningDeviations` lie a little beyond where `perHour / UTTERANCES_AN_HOUR` of the running speech of all benchmark
 * sets together would still get in (28,840 utterances against 35 speakers): `docs/decisions/0012-two-ears.md`.
 */
export const BUDGET_LIMITS: Readonly<Record<FalseTriggerBudget, BudgetLimits>> = {
  hour: { ownWordsShare: 0.1, ownWordsDeviations: 1.6, perHour: 1, runningDeviations: 3.5 },
  day: {
    ownWordsShare: 0.05,
    ownWordsDeviations: 2.15,
    perHour: 1 / TALKING_HOURS_A_DAY,
    runningDeviations: 4.3,
  },
  week: {
    ownWordsShare: 0.02,
    ownWordsDeviations: 2.85,
    perHour: 1 / (7 * TALKING_HOURS_A_DAY),
    runningDeviations: 4.8,
  },
};
