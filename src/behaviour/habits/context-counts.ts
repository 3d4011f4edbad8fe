import * as v from 'valibot';

/** What is left of a count once it is this small says nothing any more. */
const LEAST_WEIGHT = 0.02;

/** What was done in one context: how often, with what is long ago counting less. */
interface ContextRow {
  /** By slot. */
  readonly weights: Map<number, number>;
  total: number;
}

interface Options {
  /** Contexts that are remembered; beyond, the one met longest ago is forgotten. */
  readonly capacity: number;
  /** What a count keeps each time its context is met again, in (0, 1]. */
  readonly keep: number;
}

const weight = v.pipe(v.number(), v.finite(), v.minValue(0));
/** Context, total, then slot and weight by turns. Met longest ago first. */
export const SavedCountsSchema = v.array(
  v.strictTuple([
    v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    weight,
    v.array(v.strictTuple([v.pipe(v.number(), v.safeInteger(), v.minValue(-1)), weight])),
  ]),
);
export type SavedCounts = v.InferOutput<typeof SavedCountsSchema>;

/** Counts of what follows each context. A context is a whole number; its counts fade as it is met again. */
export class ContextCounts {
  readonly #options: Options;
  /** Met longest ago first. */
  readonly #rows = new Map<number, ContextRow>();

  constructor(options: Options) {
    this.#options = options;
  }

  get rows(): ReadonlyMap<number, Readonly<ContextRow>> {
    return this.#rows;
  }

  find(context: number | undefined): Readonly<ContextRow> | undefined {
    return context === undefined ? undefined : this.#rows.get(context);
  }

  /** `undefined` is no context at all: nothing is counted. */
  add(context: number | undefined, slot: number): void {
    if (context === undefined) return;
    const { keep, capacity } = this.#options;
    const row = this.#rows.get(context) ?? { weights: new Map<number, number>(), total: 0 };
    const { weights } = row;
    let total = 0;
    // Of a map, this is twice as quick as to iterate over pairs.
    weights.forEach((before, known) => {
      const left = before * keep;
      if (left < LEAST_WEIGHT) weights.delete(known);
      else {
        weights.set(known, left);
        total += left;
      }
    });
    weights.set(slot, (weights.get(slot) ?? 0) + 1);
    row.total = total + 1;
    this.#rows.delete(context);
    this.#rows.set(context, row);
    if (this.#rows.size > capacity) {
      const [oldest] = this.#rows.keys();
      if (oldest !== undefined) this.#rows.delete(oldest);
    }
  }

  /** The slot is another action's from now on. */
  clearSlot(slot: number, mentions: (context: number) => boolean): void {
    for (const [context, row] of this.#rows) {
      if (mentions(context)) this.#rows.delete(context);
      else {
        row.total = Math.max(0, row.total - (row.weights.get(slot) ?? 0));
        row.weights.delete(slot);
      }
    }
  }

  save(): SavedCounts {
    return [...this.#rows].map(([context, { total, weights }]) => [context, total, [...weights]]);
  }

  /** @param slots how many there are @throws TypeError when it does not belong together */
  restore(saved: SavedCounts, slots: number): void {
    const isWhole =
      saved.length <= this.#options.capacity &&
      saved.every(([, , weights]) => weights.every(([slot]) => slot < slots));
    if (!isWhole) throw new TypeError('counts of actions that are not there');
    this.#rows.clear();
    for (const [context, total, weights] of saved)
      this.#rows.set(context, { total, weights: new Map(weights) });
  }
}
