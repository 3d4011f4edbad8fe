import * as v from 'valibot';

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A clock that went further ahead than this did not get there by itself, as far as anybody can tell. */
const BELIEVED_AT_ONCE_MS = 2 * DAY_MS;
/** A new time is believed once it has held for so long. */
const HOLDS_FOR_MS = 24 * HOUR_MS;
/** Time between two looks at the clock counts up to here: nobody watched it, so it may have jumped as well. */
const MOST_A_LOOK_MS = 8 * HOUR_MS;
/** A device may lie in a drawer for so long between two looks that belong together. */
const LONGEST_PAUSE_MS = 45 * DAY_MS;

const epoch = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is known of the device's clock, kept across sessions. */
export const ClockRecordSchema = v.object({
  /** The latest time that was ever believed; it never goes back. */
  highMs: epoch,
  /** The time that is believed now. */
  believedMs: epoch,
  /** A jump ahead that is not believed yet. */
  doubt: v.optional(
    v.object({
      lastMs: epoch,
      /** How long the new time has held. */
      heldMs: epoch,
    }),
  ),
});

export type ClockRecord = v.InferOutput<typeof ClockRecordSchema>;

export interface ClockReading {
  /** Nothing is deleted and no key replaced because of a later time than this. */
  readonly believedMs: number;
  /** Nothing that was used up is granted again before a later time than this: it never goes back. */
  readonly highMs: number;
  /** The clock shows another time than the one that is believed. */
  readonly isInDoubt: boolean;
  /** Set at the look that found it. */
  readonly jump: { readonly direction: 'ahead' | 'back'; readonly days: number } | undefined;
}

/**
 * Tells time that can be trusted with deleting things from what the device's clock shows. A clock may be wrong
 * by years (an empty battery, a typing error), and what has expired by it would be gone for good.
 *
 * - Ahead by up to two days, compared with the last look in earlier sessions or with the monotonic clock in this
 *   one, is believed at once.
 * - Ahead by more is believed after it has held for 24 hours of looks at the clock without going back, where the
 *   time between two looks counts for at most 8 hours. A device that was off for a month looks the same as a clock
 *   that is wrong by a month: what is due then happens a day of use later. Somebody who opens Echo once a week is
 *   followed with a lag of weeks.
 * - Back is believed at once, because it deletes nothing; `highMs` stays.
 */
export class ClockGuard {
  #record: ClockRecord;
  /** The furthest the clock may be ahead of the monotonic one in this session, before tolerance. */
  #lead: number | undefined;
  /** Monotonic time of the last look in doubt, if it was in this session. */
  #doubtedAt: number | undefined;

  /**
   * @param record of earlier sessions
   * @param known a moment that has surely passed, where there is no record: such as when the keys were made
   */
  constructor(record: ClockRecord | undefined, known: number) {
    this.#record = record ?? { highMs: known, believedMs: known };
  }

  /** To be kept for the next session. */
  get record(): ClockRecord {
    return this.#record;
  }

  /**
   * Looks at the clock.
   *
   * @param nowMs calendar time
   * @param monotonicMs of the same moment; only differences within this session count
   */
  look(nowMs: number, monotonicMs: number): ClockReading {
    const { believedMs, doubt } = this.#record;
    const latest = this.#latestAtOnce(monotonicMs);
    if (nowMs <= latest) {
      const isBack = nowMs < believedMs - BELIEVED_AT_ONCE_MS;
      this.#believe(nowMs, monotonicMs);
      return this.#reading(isBack ? { direction: 'back', days: days(believedMs - nowMs) } : undefined);
    }
    if (doubt === undefined || nowMs < doubt.lastMs) {
      this.#doubt(nowMs, monotonicMs, 0);
      const jump = { direction: 'ahead', days: days(nowMs - believedMs) } as const;
      return this.#reading(doubt === undefined ? jump : undefined);
    }
    const gap = nowMs - doubt.lastMs;
    if (gap > LONGEST_PAUSE_MS || this.#hasJumped(gap, monotonicMs)) {
      this.#doubt(nowMs, monotonicMs, 0);
      return this.#reading(undefined);
    }
    const heldMs = doubt.heldMs + Math.min(gap, MOST_A_LOOK_MS);
    const isSteady = gap <= BELIEVED_AT_ONCE_MS;
    if (heldMs < HOLDS_FOR_MS) this.#doubt(nowMs, monotonicMs, heldMs);
    else {
      this.#lead = undefined;
      this.#believe(isSteady ? nowMs : doubt.lastMs, monotonicMs);
      // After a long pause the time before it has held; the time now begins to.
      if (!isSteady) this.#doubt(nowMs, monotonicMs, 0);
    }
    return this.#reading(undefined);
  }

  /** Whether the clock went further in this session than time did. */
  #hasJumped(gap: number, monotonicMs: number): boolean {
    return this.#doubtedAt !== undefined && gap - (monotonicMs - this.#doubtedAt) > BELIEVED_AT_ONCE_MS;
  }

  #doubt(lastMs: number, monotonicMs: number, heldMs: number): void {
    this.#doubtedAt = monotonicMs;
    this.#record = { ...this.#record, doubt: { lastMs, heldMs } };
  }

  #latestAtOnce(monotonicMs: number): number {
    const reference = this.#lead === undefined ? this.#record.believedMs : this.#lead + monotonicMs;
    return reference + BELIEVED_AT_ONCE_MS;
  }

  #believe(nowMs: number, monotonicMs: number): void {
    const lead = nowMs - monotonicMs;
    // Only ever lower: many small steps ahead add up to no more than one.
    this.#lead = this.#lead === undefined ? lead : Math.min(this.#lead, lead);
    this.#doubtedAt = undefined;
    this.#record = { highMs: Math.max(this.#record.highMs, nowMs), believedMs: nowMs };
  }

  #reading(jump: ClockReading['jump']): ClockReading {
    const { believedMs, highMs, doubt } = this.#record;
    return { believedMs, highMs, isInDoubt: doubt !== undefined, jump };
  }
}

const days = (spanMs: number): number => Math.round(spanMs / DAY_MS);
