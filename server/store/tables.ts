/** What is kept: how often each answer was given on each day, and which batches were counted. Nothing else. */
export interface Tables {
  /** One row for every answer that was given on a day. */
  readonly counts: {
    /** `2026-07-01`, UTC: when the endpoint counted it. */
    readonly day: string;
    readonly protocol: number;
    readonly metric: string;
    /** Index of a bucket. */
    readonly answer: number;
    /** PostgreSQL hands out 64-bit integers as text. */
    readonly count: number | string;
  };
  /**
   * One row for every batch, so that it is counted once. Both columns are digests made with the batch's own key,
   * which is not kept: they say nothing about what was answered, to nobody who does not have the key already.
   */
  readonly counted_batches: {
    readonly id: string;
    readonly fingerprint: string;
    readonly day: string;
  };
  /** PostgreSQL only, neither logged ahead nor replicated: what is left of the rate limits of this minute. */
  readonly rate_salts: { readonly minute: number; readonly salt: string };
  readonly rate_permits: { readonly minute: number; readonly pseudonym: string; readonly taken: number };
}
