import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClockGuard, type ClockReading } from '../../../../src/vault/maintenance/clock-guard';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);

/** A device whose clock can be wrong, and an Echo on it that is opened and closed. */
class Device {
  /** What time it really is. */
  trueMs = START;
  /** How wrong the clock is. */
  offsetMs = 0;
  #guard = new ClockGuard(undefined, START);
  #startedMs = START;

  look(): ClockReading {
    return this.#guard.look(this.trueMs + this.offsetMs, this.trueMs - this.#startedMs);
  }

  passes(ms: number): this {
    this.trueMs += ms;
    return this;
  }

  /** Closed and opened again: only the record survives. */
  reopens(): this {
    this.#guard = new ClockGuard(this.#guard.record, 0);
    this.#startedMs = this.trueMs;
    return this;
  }

  /** Open all the while, with a look every hour. */
  watches(ms: number): ClockReading {
    for (let left = ms; left > 0; left -= HOUR) {
      this.passes(Math.min(HOUR, left));
      this.look();
    }
    return this.look();
  }
}

describe('the clock guard', () => {
  it('believes a clock that goes as clocks do, in one session and across them', () => {
    const device = new Device();
    expect(device.watches(5 * DAY)).toMatchObject({ believedMs: START + 5 * DAY, isInDoubt: false });
    const reading = device
      .passes(1.5 * DAY)
      .reopens()
      .look();
    expect(reading).toEqual({
      believedMs: START + 6.5 * DAY,
      highMs: START + 6.5 * DAY,
      isInDoubt: false,
      jump: undefined,
    });
  });

  it('holds on to the old time when the clock jumps a year ahead, and tells once', () => {
    const device = new Device();
    device.watches(HOUR);
    device.offsetMs = 365 * DAY;
    expect(device.look()).toEqual({
      believedMs: START + HOUR,
      highMs: START + HOUR,
      isInDoubt: true,
      jump: { direction: 'ahead', days: 365 },
    });
    expect(device.passes(MINUTE).look()).toMatchObject({ believedMs: START + HOUR, jump: undefined });
  });

  it('believes a jump that held through 24 hours of looks', () => {
    const device = new Device();
    device.look();
    device.offsetMs = 365 * DAY;
    device.look();
    expect(device.watches(23 * HOUR)).toMatchObject({ isInDoubt: true, believedMs: START });
    expect(device.watches(HOUR)).toMatchObject({ isInDoubt: false, believedMs: START + 366 * DAY });
  });

  it('forgets a jump that was taken back, and starts over with the next one', () => {
    const device = new Device();
    device.look();
    device.offsetMs = 365 * DAY;
    device.look();
    device.watches(20 * HOUR);
    device.offsetMs = 0;
    expect(device.look()).toMatchObject({ isInDoubt: false, believedMs: START + 20 * HOUR });
    device.offsetMs = 365 * DAY;
    device.look();
    expect(device.watches(20 * HOUR)).toMatchObject({ isInDoubt: true });
  });

  it('postpones by a day of use, and no more, after the device was off for a month', () => {
    const device = new Device();
    device.look();
    device.passes(30 * DAY).reopens();
    expect(device.look()).toMatchObject({ isInDoubt: true, believedMs: START });
    expect(device.watches(DAY)).toMatchObject({ isInDoubt: false, believedMs: START + 31 * DAY });
  });

  it('catches up on the fourth day for somebody who opens Echo for a minute a day', () => {
    const device = new Device();
    device.look();
    device.passes(30 * DAY);
    const doubts = [0, 1, 2, 3].map(() => {
      const { isInDoubt } = device.passes(DAY).reopens().look();
      return isInDoubt;
    });
    expect(doubts).toEqual([true, true, true, false]);
  });

  it('follows somebody who opens Echo once a week, some weeks behind', () => {
    const device = new Device();
    device.look();
    let reading = device.look();
    for (let week = 0; week < 30; week += 1)
      reading = device
        .passes(7 * DAY)
        .reopens()
        .look();
    expect(device.trueMs - reading.believedMs).toBeLessThanOrEqual(35 * DAY);
  });

  it('starts over when a clock in doubt jumps once more', () => {
    const device = new Device();
    device.look();
    device.offsetMs = 100 * DAY;
    device.look();
    device.watches(23 * HOUR);
    device.offsetMs = 110 * DAY;
    expect(device.passes(HOUR).look()).toMatchObject({ isInDoubt: true, believedMs: START });
    expect(device.watches(20 * HOUR)).toMatchObject({ isInDoubt: true, believedMs: START });
  });

  it('follows a clock that goes back at once, tells it, and keeps the high-water mark', () => {
    const device = new Device();
    device.watches(10 * DAY);
    device.offsetMs = -8 * DAY;
    expect(device.look()).toEqual({
      believedMs: START + 2 * DAY,
      highMs: START + 10 * DAY,
      isInDoubt: false,
      jump: { direction: 'back', days: 8 },
    });
  });

  it('does not believe a clock that goes back and then ahead to where it never was', () => {
    const device = new Device();
    device.watches(10 * DAY);
    device.offsetMs = -9 * DAY;
    device.look();
    device.offsetMs = -DAY;
    expect(device.look()).toMatchObject({ isInDoubt: true, believedMs: START + DAY });
  });

  it('takes what the keys tell for the time when nothing was recorded', () => {
    const guard = new ClockGuard(undefined, START);
    expect(guard.look(START + 400 * DAY, 0)).toMatchObject({ isInDoubt: true, believedMs: START });
  });

  /** Looks, pauses, restarts and wrong clocks in any order. No wrong time lasts for a day. */
  const sequences = fc.array(
    fc.record({
      passesMs: fc.oneof(fc.integer({ min: 1, max: HOUR }), fc.integer({ min: 1, max: 60 * DAY })),
      /** The clock is wrong like this for an hour, then like that. */
      wrongMs: fc.array(fc.integer({ min: -3_000 * DAY, max: 3_000 * DAY }), { minLength: 1, maxLength: 23 }),
      isReopened: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it('never believes a time more than two days ahead of the true one, if no wrong time lasts for a day', () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        const device = new Device();
        device.look();
        for (const { passesMs, wrongMs, isReopened } of steps) {
          device.passes(passesMs);
          if (isReopened) device.reopens();
          device.look();
          for (const offsetMs of wrongMs) {
            device.offsetMs = Math.max(offsetMs, -device.trueMs);
            device.passes(HOUR);
            const { believedMs } = device.look();
            expect(believedMs).toBeLessThanOrEqual(device.trueMs + 2 * DAY);
          }
          device.offsetMs = 0;
          expect(device.look().believedMs).toBeLessThanOrEqual(device.trueMs);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never lets the high-water mark go back, and never believes what the clock does not show', () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        const device = new Device();
        let high = 0;
        for (const { passesMs, wrongMs, isReopened } of steps) {
          device.passes(passesMs);
          if (isReopened) device.reopens();
          device.offsetMs = Math.max(wrongMs[0] ?? 0, -device.trueMs);
          const { highMs, believedMs } = device.look();
          expect(highMs).toBeGreaterThanOrEqual(high);
          expect(believedMs).toBeLessThanOrEqual(Math.max(device.trueMs + device.offsetMs, START));
          high = highMs;
        }
      }),
    );
  });
});
