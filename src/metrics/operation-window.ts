import type { Clock } from '../core/clock';

const SLOTS = 60;

interface Slot {
  /** Which slot of time this place stands for at present. */
  number: number;
  success: number;
  failed: number;
  aborted: number;
  durationSeconds: number;
}

export interface OperationRates {
  /** Time that the rates are about: the window, or less soon after the start. */
  readonly coveredMs: number;
  readonly operations: number;
  readonly throughputPerSecond: number;
  /** Failed of all that were not aborted; `undefined` where there were none. */
  readonly errorRate: number | undefined;
  readonly averageDurationMs: number | undefined;
}

/** Counts of the recent past in sixty slots: bounded however much happens, and exact to a sixtieth of the window. */
export class OperationWindow {
  readonly #clock: Clock;
  readonly #slotMs: number;
  readonly #startedAtMs: number;
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => emptySlot(-1));

  constructor(clock: Clock, windowMs = 300_000) {
    this.#clock = clock;
    this.#slotMs = windowMs / SLOTS;
    this.#startedAtMs = clock.monotonic();
  }

  record(durationSeconds: number, status: 'success' | 'failed' | 'aborted'): void {
    const number = this.#currentNumber();
    let slot = this.#slots[number % SLOTS];
    if (slot === undefined || slot.number !== number) {
      slot = emptySlot(number);
      this.#slots[number % SLOTS] = slot;
    }
    slot[status] += 1;
    slot.durationSeconds += durationSeconds;
  }

  rates(): OperationRates {
    const current = this.#currentNumber();
    const oldest = current - SLOTS + 1;
    const sum = emptySlot(current);
    for (const slot of this.#slots) {
      if (slot.number < oldest || slot.number < 0) continue;
      sum.success += slot.success;
      sum.failed += slot.failed;
      sum.aborted += slot.aborted;
      sum.durationSeconds += slot.durationSeconds;
    }
    const coveredMs = this.#elapsedMs() - Math.max(0, oldest) * this.#slotMs;
    const judged = sum.success + sum.failed;
    const operations = judged + sum.aborted;
    return {
      coveredMs,
      operations,
      throughputPerSecond: coveredMs > 0 ? (operations * 1_000) / coveredMs : 0,
      errorRate: judged === 0 ? undefined : sum.failed / judged,
      averageDurationMs: operations === 0 ? undefined : (sum.durationSeconds * 1_000) / operations,
    };
  }

  #elapsedMs(): number {
    return this.#clock.monotonic() - this.#startedAtMs;
  }

  #currentNumber(): number {
    return Math.floor(this.#elapsedMs() / this.#slotMs);
  }
}

function emptySlot(number: number): Slot {
  return { number, success: 0, failed: 0, aborted: 0, durationSeconds: 0 };
}
