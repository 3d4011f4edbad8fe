import * as v from 'valibot';
import { ALIKE, BEFORE, DAY, KIND, LAST, LIKENESSES, PATTERNS, THIRD } from './likeness-patterns';
import { PAUSE_LENGTHS } from './moment-features';
import { quickExp } from './quick-math';

/** What is known of the situation in which something was, or will be, done. */
export interface Situation {
  /** Slots of what was done before, the last first; −1 where there was nothing. */
  readonly last: readonly [number, number, number];
  /** Minutes since midnight on the wall. */
  readonly minuteOfDay: number;
  readonly isWeekend: boolean;
  /** How long it was since the last action: a whole number below `PAUSE_LENGTHS`. */
  readonly pause: number;
}

const KINDS = LIKENESSES.length;
const MOST_LIKENESS = 6;
/** Above it a weight would swamp all others together. */
const MOST_SCORE = 20;
const NOBODY = -1;

interface Options {
  /** Moments that are remembered. */
  readonly count: number;
  readonly rate: number;
  /** Moments that the overall frequency counts for. */
  readonly strength: number;
  /** By kind, before anything is learnt. */
  readonly likeness: readonly number[];
}

const slot = v.pipe(v.number(), v.safeInteger(), v.minValue(NOBODY));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const pauseOf = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(PAUSE_LENGTHS - 1));
export const SavedMomentsSchema = v.strictObject({
  likeness: v.pipe(v.array(amount), v.length(KINDS)),
  squares: v.pipe(v.array(amount), v.length(KINDS)),
  /** Where the next moment goes. */
  next: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Action, the three before it, minute of the day, weekend or not, pause. */
  moments: v.array(v.strictTuple([slot, slot, slot, slot, amount, v.boolean(), pauseOf])),
});
export type SavedMoments = v.InferOutput<typeof SavedMomentsSchema>;

/**
 * Remembers the last moments one by one, and expects what was done in those that were like this one. How much each kind
 * of likeness counts is learnt: every remembered moment has a log-linear weight, as in attention of a single layer, and
 * the likenesses move along the slope of the log loss.
 */
export class SimilarMoments {
  readonly #options: Options;
  readonly #likeness: Float64Array;
  readonly #squares = new Float64Array(KINDS).fill(1);
  #size = 0;
  #next = 0;
  // One entry a remembered moment, in plain arrays: this is looked through at every event.
  readonly #actions: Int32Array;
  readonly #last: Int32Array;
  readonly #beforeLast: Int32Array;
  readonly #third: Int32Array;
  readonly #minutes: Float64Array;
  readonly #weekend: Uint8Array;
  readonly #pauses: Uint8Array;
  readonly #weights: Float64Array;
  /** What a moment of each age is less, in logs. */
  readonly #ages: Float64Array;
  /** Of the moment asked about last: the likeness to every remembered one, by weight, and all weights together. */
  readonly #pull = new Float64Array(KINDS);
  readonly #likenessNow = new Float64Array(KINDS);
  readonly #ofRight = new Float64Array(KINDS);
  readonly #patternScores = new Float64Array(PATTERNS);
  readonly #pauseScores = new Float64Array(PAUSE_LENGTHS);
  readonly #byPattern = new Float64Array(PATTERNS);
  readonly #byPause = new Float64Array(PAUSE_LENGTHS);
  #total = 1;

  constructor(options: Options) {
    this.#options = options;
    const { count } = options;
    this.#likeness = Float64Array.from(options.likeness);
    this.#actions = new Int32Array(count).fill(NOBODY);
    this.#last = new Int32Array(count);
    this.#beforeLast = new Int32Array(count);
    this.#third = new Int32Array(count);
    this.#minutes = new Float64Array(count);
    this.#weekend = new Uint8Array(count);
    this.#pauses = new Uint8Array(count);
    this.#weights = new Float64Array(count);
    this.#ages = Float64Array.from({ length: count }, (_, age) => -Math.log(1 + age));
  }

  /** Fills in the probabilities of the first `count` actions, given how frequent they are overall. */
  predict(situation: Situation, frequency: Float64Array, count: number, into: Float64Array): void {
    const { strength } = this.#options;
    for (let one = 0; one < count; one += 1) into[one] = strength * (frequency[one] ?? 0);
    const pull = this.#pull.fill(0);
    const {
      last: [a, b, c],
      minuteOfDay,
      isWeekend,
      pause,
    } = situation;
    const perHour = this.#likeness[KIND.hour] ?? 0;
    const perAge = this.#likeness[KIND.age] ?? 0;
    // What a moment can have in common by yes or no is a pattern of bits, and a pause one of few: what each is worth is
    // worked out before, and what those of each kind weigh is shared out after the loop, which is the innermost of all.
    const [patternScores, pauseScores] = this.#scoresFor(pause);
    const byPattern = this.#byPattern.fill(0);
    const byPause = this.#byPause.fill(0);
    const weekend = isWeekend ? 1 : 0;
    let hour = 0;
    let old = 0;
    // Kept at hand: to look a private field up at every moment costs as much as the moment.
    const [actions, lasts, beforeLasts, thirds] = [this.#actions, this.#last, this.#beforeLast, this.#third];
    const [minutes, lengths, weekends, ages] = [this.#minutes, this.#pauses, this.#weekend, this.#ages];
    const weights = this.#weights;
    const size = this.#size;
    const newest = this.#next - 1;
    const moments = this.#options.count;
    for (let at = 0; at < size; at += 1) {
      const action = actions[at] ?? NOBODY;
      if (action === NOBODY) continue;
      const pattern =
        (lasts[at] === a ? LAST : 0) |
        (beforeLasts[at] === b ? BEFORE : 0) |
        (thirds[at] === c ? THIRD : 0) |
        (weekends[at] === weekend ? DAY : 0);
      const hours = hoursBetween(minutes[at] ?? 0, minuteOfDay);
      const length = lengths[at] ?? 0;
      const age = ages[at > newest ? newest - at + moments : newest - at] ?? 0;
      const score =
        (patternScores[pattern] ?? 0) + (pauseScores[length] ?? 0) + perAge * age - perHour * hours;
      const weight = quickExp(score < MOST_SCORE ? score : MOST_SCORE);
      weights[at] = weight;
      byPattern[pattern] = (byPattern[pattern] ?? 0) + weight;
      byPause[length] = (byPause[length] ?? 0) + weight;
      hour -= weight * hours;
      old += weight * age;
      into[action] = (into[action] ?? 0) + weight;
    }
    let total = strength;
    for (let pattern = 0; pattern < PATTERNS; pattern += 1) {
      const together = byPattern[pattern] ?? 0;
      total += together;
      for (const kind of ALIKE[pattern] ?? []) pull[kind] = (pull[kind] ?? 0) + together;
    }
    let pauses = 0;
    for (let length = 0; length < PAUSE_LENGTHS; length += 1)
      pauses -= Math.abs(length - pause) * (byPause[length] ?? 0);
    pull[KIND.hour] = hour;
    pull[KIND.pause] = pauses;
    pull[KIND.age] = old;
    for (let one = 0; one < count; one += 1) into[one] = (into[one] ?? 0) / total;
    this.#total = total;
  }

  /** Learns what likeness is worth. After `predict` for the same situation, before `remember`. */
  learn(target: number, situation: Situation, frequency: Float64Array): void {
    const { strength, rate } = this.#options;
    const alike = this.#likenessNow;
    const ofRight = this.#ofRight.fill(0);
    let right = strength * (frequency[target] ?? 0);
    for (let at = 0; at < this.#size; at += 1) {
      if (this.#actions[at] !== target) continue;
      const weight = this.#weights[at] ?? 0;
      right += weight;
      this.#compare(at, situation);
      for (let kind = 0; kind < KINDS; kind += 1)
        ofRight[kind] = (ofRight[kind] ?? 0) + weight * (alike[kind] ?? 0);
    }
    if (right <= 0) return;
    for (let kind = 0; kind < KINDS; kind += 1) {
      const slope = (ofRight[kind] ?? 0) / right - (this.#pull[kind] ?? 0) / this.#total;
      const square = (this.#squares[kind] ?? 0) + slope * slope;
      this.#squares[kind] = square;
      const moved = (this.#likeness[kind] ?? 0) + (rate * slope) / Math.sqrt(square);
      this.#likeness[kind] = Math.min(MOST_LIKENESS, Math.max(0, moved));
    }
  }

  remember(situation: Situation, action: number): void {
    this.#put(this.#next, action, situation);
    this.#size = Math.max(this.#size, this.#next + 1);
    this.#next = (this.#next + 1) % this.#options.count;
  }

  /** The slot is another action's from now on. */
  clearSlot(cleared: number): void {
    for (const slots of [this.#actions, this.#last, this.#beforeLast, this.#third])
      for (const [at, slot] of slots.entries()) if (slot === cleared) slots[at] = NOBODY;
  }

  save(): SavedMoments {
    return {
      likeness: [...this.#likeness],
      squares: [...this.#squares],
      next: this.#next,
      moments: Array.from({ length: this.#size }, (_, at) => [
        this.#actions[at] ?? NOBODY,
        this.#last[at] ?? NOBODY,
        this.#beforeLast[at] ?? NOBODY,
        this.#third[at] ?? NOBODY,
        this.#minutes[at] ?? 0,
        this.#weekend[at] === 1,
        this.#pauses[at] ?? 0,
      ]),
    };
  }

  /** @param actions how many there are @throws TypeError when it does not belong together */
  restore({ likeness, squares, next, moments }: SavedMoments, actions: number): void {
    const { count } = this.#options;
    const isWhole =
      moments.length <= count &&
      (moments.length === count ? next < count : next === moments.length) &&
      moments.every((moment) =>
        moment.slice(0, 4).every((slot) => typeof slot === 'number' && slot < actions),
      );
    if (!isWhole) throw new TypeError('moments that do not belong together');
    this.#likeness.set(likeness);
    this.#squares.set(squares);
    this.#next = next;
    this.#size = moments.length;
    for (const [at, [action, a, b, c, minuteOfDay, isWeekend, pause]] of moments.entries())
      this.#put(at, action, { last: [a, b, c], minuteOfDay, isWeekend, pause });
  }

  /** What each pattern of bits, and each length of pause, adds to the log of a moment's weight. */
  #scoresFor(pause: number): readonly [Float64Array, Float64Array] {
    const likeness = this.#likeness;
    const patterns = this.#patternScores.fill(0);
    for (let pattern = 0; pattern < PATTERNS; pattern += 1)
      for (const kind of ALIKE[pattern] ?? [])
        patterns[pattern] = (patterns[pattern] ?? 0) + (likeness[kind] ?? 0);
    const pauses = this.#pauseScores;
    for (let length = 0; length < PAUSE_LENGTHS; length += 1)
      pauses[length] = -(likeness[KIND.pause] ?? 0) * Math.abs(length - pause);
    return [patterns, pauses];
  }

  #put(at: number, action: number, { last: [a, b, c], minuteOfDay, isWeekend, pause }: Situation): void {
    this.#actions[at] = action;
    this.#last[at] = a;
    this.#beforeLast[at] = b;
    this.#third[at] = c;
    this.#minutes[at] = minuteOfDay;
    this.#weekend[at] = isWeekend ? 1 : 0;
    this.#pauses[at] = pause;
  }

  /** Fills in `#likenessNow`, in the order of `LIKENESSES`. */
  #compare(at: number, { last, minuteOfDay, isWeekend, pause }: Situation): void {
    const alike = this.#likenessNow;
    const isLast = this.#last[at] === last[0];
    const isBefore = this.#beforeLast[at] === last[1];
    const isTwo = isLast && isBefore;
    alike[0] = isLast ? 1 : 0;
    alike[1] = isTwo ? 1 : 0;
    alike[2] = isTwo && this.#third[at] === last[2] ? 1 : 0;
    alike[3] = isBefore && !isLast ? 1 : 0;
    alike[4] = -hoursBetween(this.#minutes[at] ?? 0, minuteOfDay);
    alike[5] = -Math.abs((this.#pauses[at] ?? 0) - pause);
    alike[6] = (this.#weekend[at] === 1) === isWeekend ? 1 : 0;
    alike[7] = this.#ageOf(at);
  }

  /** Minus the log of how many moments ago it was. */
  #ageOf(at: number): number {
    const age = this.#next - 1 - at;
    return this.#ages[age < 0 ? age + this.#options.count : age] ?? 0;
  }
}

/** Around the clock, between two minutes of the day. */
function hoursBetween(one: number, other: number): number {
  const hours = Math.abs(one - other) / 60;
  return Math.min(hours, 24 - hours);
}
