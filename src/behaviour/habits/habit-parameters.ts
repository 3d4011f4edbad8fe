/** What the next-action model is tuned by. */
export interface HabitParameters {
  /** Actions that are known at one time. */
  readonly actions: number;
  /** Contexts that are known at one time, of each length. */
  readonly contexts: number;
  /** Share of a count that is left when its context is met again: of all there is, of one action, of several. */
  readonly keepAll: number;
  readonly keepOne: number;
  readonly keepLong: number;
  /** Of every count, given away to what was not met in the context. */
  readonly discount: number;
  /** Events that a shorter context counts for, inside a longer one. */
  readonly strength: number;
  readonly logLinear: { readonly rate: number; readonly decay: number };
  readonly moments: {
    /** Moments that are remembered one by one. */
    readonly count: number;
    readonly rate: number;
    /** Moments that the overall frequency counts for. */
    readonly strength: number;
    /** How much each likeness counts before anything is learnt; in the order of `LIKENESSES`. */
    readonly likeness: readonly number[];
  };
  readonly mix: {
    /** Share of the trust in experts that is dealt out anew at each event. */
    readonly share: number;
    readonly rate: number;
    /** Say of each expert in the product before anything is learnt; in the order of `EXPERTS`. */
    readonly voices: readonly number[];
  };
  /** What is believed of new actions before anything is seen, in events, and what it keeps at each. */
  readonly news: { readonly seen: number; readonly events: number; readonly keep: number };
}

/**
 * One set for everybody, chosen on two of the homes and every second person of the shell logs;
 * `docs/decisions/0013-habits.md` says how, and how it does on the others.
 */
export const habitParameters: HabitParameters = {
  actions: 200,
  contexts: 1_000,
  keepAll: 0.962,
  keepOne: 0.988,
  keepLong: 0.88,
  discount: 0.213,
  strength: 3.58,
  logLinear: { rate: 0.625, decay: 0.041 },
  moments: {
    count: 250,
    rate: 0.221,
    strength: 2.5,
    likeness: [1.5, 0.75, 1.41, 0, 0.017, 0.93, 0.355, 0.089],
  },
  mix: {
    share: 0.0019,
    rate: 0.0022,
    voices: [0.015, 0.3, 0.226, 0.12, 0.068, 0.0145, 0.185, 0.186],
  },
  news: { seen: 0.785, events: 7.34, keep: 0.941 },
};
