import * as v from 'valibot';
import { ContextCounts, SavedCountsSchema } from './context-counts';
import { type CurvePoint, PREDICTORS, type PredictorName } from './habit-report';

/** Stretches that a curve may have; when there are more, two become one. */
const MOST_STRETCHES = 64;
const FIRST_STRETCH_EVENTS = 5;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const HitsSchema = v.strictObject({
  'next-action': count,
  'most-frequent': count,
  'most-recent': count,
  'markov-1': count,
});
const StretchSchema = v.strictObject({ events: count, endedAt: count, hits: HitsSchema });
export const SavedCurveSchema = v.strictObject({
  /** Events that make a stretch. */
  length: v.pipe(count, v.minValue(1)),
  stretches: v.array(StretchSchema),
  all: SavedCountsSchema,
  one: SavedCountsSchema,
});
export type SavedCurve = v.InferOutput<typeof SavedCurveSchema>;
type Stretch = v.InferOutput<typeof StretchSchema>;

/** What a guess is about: slots, as `ActionSlots` has them. */
export interface Guessing {
  /** Used last first. */
  readonly recent: readonly number[];
  readonly last: number | undefined;
}

/**
 * Tells over time how often the next action was foreseen, beside three simple guesses about the same events: what was
 * done most often, what was done last, and what most often followed the last action. Plain counts, without forgetting.
 */
export class CurveTracker {
  #length = FIRST_STRETCH_EVENTS;
  #stretches: Stretch[] = [];
  readonly #all: ContextCounts;
  readonly #one: ContextCounts;

  /** @param actions how many there may be */
  constructor(actions: number) {
    this.#all = new ContextCounts({ capacity: 1, keep: 1 });
    this.#one = new ContextCounts({ capacity: actions, keep: 1 });
  }

  get points(): readonly CurvePoint[] {
    let fromEvent = 0;
    return this.#stretches.map(({ events, endedAt, hits }) => {
      const rate = (name: PredictorName): number => hits[name] / events;
      const point = {
        fromEvent,
        events,
        endedAt,
        hitRate: {
          'next-action': rate('next-action'),
          'most-frequent': rate('most-frequent'),
          'most-recent': rate('most-recent'),
          'markov-1': rate('markov-1'),
        },
      };
      fromEvent += events;
      return point;
    });
  }

  /**
   * Something was done; before its slot is used.
   *
   * @param slot `undefined` for something new, which nobody foresees
   * @param foreseen the learner's own guess
   */
  judge(slot: number | undefined, foreseen: number | undefined, now: Guessing, atMs: number): void {
    const guesses = { 'next-action': foreseen, ...this.#guesses(now) };
    let stretch = this.#stretches.at(-1);
    if (stretch === undefined || stretch.events >= this.#length) {
      stretch = {
        events: 0,
        endedAt: 0,
        hits: { 'next-action': 0, 'most-frequent': 0, 'most-recent': 0, 'markov-1': 0 },
      };
      this.#stretches.push(stretch);
    }
    stretch.events += 1;
    stretch.endedAt = Math.max(0, Math.floor(atMs));
    for (const name of PREDICTORS) if (slot !== undefined && guesses[name] === slot) stretch.hits[name] += 1;
    if (this.#stretches.length > MOST_STRETCHES) this.#join();
  }

  /** After `judge`. @param last slot of what was done before */
  learn(slot: number, last: number | undefined): void {
    this.#all.add(0, slot);
    this.#one.add(last, slot);
  }

  clearSlot(slot: number): void {
    this.#all.clearSlot(slot, () => false);
    this.#one.clearSlot(slot, (context) => context === slot);
  }

  save(): SavedCurve {
    return {
      length: this.#length,
      stretches: structuredClone(this.#stretches),
      all: this.#all.save(),
      one: this.#one.save(),
    };
  }

  /** @param slots how many there are @throws TypeError when it does not belong together */
  restore({ length, stretches, all, one }: SavedCurve, slots: number): void {
    const isWhole =
      stretches.length <= MOST_STRETCHES &&
      stretches.every(({ events, hits }) => events > 0 && Object.values(hits).every((hit) => hit <= events));
    if (!isWhole) throw new TypeError('a curve that does not belong together');
    this.#all.restore(all, slots);
    this.#one.restore(one, slots);
    this.#length = length;
    this.#stretches = structuredClone(stretches);
  }

  #guesses({
    recent,
    last,
  }: Guessing): Readonly<Record<Exclude<PredictorName, 'next-action'>, number | undefined>> {
    const best = (weights: ReadonlyMap<number, number> | undefined): number | undefined => {
      let found: number | undefined;
      let most = 0;
      for (const slot of recent) {
        const weight = weights?.get(slot) ?? 0;
        if (weight > most) [found, most] = [slot, weight];
      }
      return found;
    };
    const frequent = best(this.#all.find(0)?.weights);
    return {
      'most-frequent': frequent,
      'most-recent': recent[0],
      'markov-1': best(this.#one.find(last)?.weights) ?? frequent,
    };
  }

  #join(): void {
    const joined: Stretch[] = [];
    for (let at = 0; at < this.#stretches.length; at += 2) {
      const [one, other] = this.#stretches.slice(at, at + 2);
      if (one === undefined) continue;
      if (other === undefined) joined.push(one);
      else {
        const sum = (name: PredictorName): number => one.hits[name] + other.hits[name];
        joined.push({
          events: one.events + other.events,
          endedAt: other.endedAt,
          hits: {
            'next-action': sum('next-action'),
            'most-frequent': sum('most-frequent'),
            'most-recent': sum('most-recent'),
            'markov-1': sum('markov-1'),
          },
        });
      }
    }
    this.#stretches = joined;
    this.#length *= 2;
  }
}
