import { ContextCounts, type SavedCounts } from './context-counts';

/** Longer apart, two actions have nothing to do with each other. */
const LONGEST_PAUSE_MS = 10 * 60_000;
/** What counts keep each time the first action is done. */
const KEEP = 0.95;
const LEAST_COUNT = 4;
const LEAST_SHARE = 0.6;
const MOST_ROUTINES = 5;
/** Stands for anything that comes too late. */
const NOTHING = -1;

/** Two actions by their slots. */
export interface FoundRoutine {
  readonly first: number;
  readonly second: number;
  readonly count: number;
  readonly share: number;
}

/** Finds pairs of actions of which the second nearly always follows soon after the first. */
export class RoutineFinder {
  readonly #after: ContextCounts;

  /** @param actions how many there may be */
  constructor(actions: number) {
    this.#after = new ContextCounts({ capacity: actions, keep: KEEP });
  }

  /** @param pauseMs since `last` was done */
  learn(slot: number, last: number | undefined, pauseMs: number): void {
    this.#after.add(last, pauseMs <= LONGEST_PAUSE_MS ? slot : NOTHING);
  }

  /** The surest first. */
  get routines(): readonly FoundRoutine[] {
    const found: FoundRoutine[] = [];
    for (const [first, { weights, total }] of this.#after.rows)
      for (const [second, weight] of weights) {
        const share = total === 0 ? 0 : Math.min(1, weight / total);
        const isRoutine =
          second !== NOTHING && second !== first && weight >= LEAST_COUNT - 1 && share >= LEAST_SHARE;
        if (isRoutine) found.push({ first, second, count: Math.round(weight), share });
      }
    return found.sort((a, b) => b.share * b.count - a.share * a.count).slice(0, MOST_ROUTINES);
  }

  clearSlot(slot: number): void {
    this.#after.clearSlot(slot, (context) => context === slot);
  }

  save(): SavedCounts {
    return this.#after.save();
  }

  /** @param slots how many there are @throws TypeError when it does not belong together */
  restore(saved: SavedCounts, slots: number): void {
    this.#after.restore(saved, slots);
  }
}
