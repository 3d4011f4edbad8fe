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
 * One set for everybody, chosen on four of the twelve public logs; `docs/decisions/0013-habits.md` says which, and how
 * it does on the other eight.
 */
export const habitParameters: HabitParameters = {
  actions: 200,
  contexts: 1_000,
  keepAll: 0.99,
  keepOne: 0.95,
  keepLong: 0.93,
  discount: 0.21,
  strength: 0.93,
  logLinear: { rate: 0.87, decay: 0.0048 },
  moments: {
    count: 250,
    rate: 0.22,
    strength: 2.1,
    likeness: [1.5, 0.7, 0.25, 0.22, 0.003, 0.63, 0.19, 0.08],
  },
  mix: {
    share: 0.0053,
    rate: 0.005,
    voices: [0.03, 0.3, 0.09, 0.115, 0.036, 0.114, 0.267, 0.14],
  },
  news: { seen: 0.53, events: 3.1, keep: 0.92 },
};
