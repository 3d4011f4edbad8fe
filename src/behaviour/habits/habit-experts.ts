import * as v from 'valibot';
import type { ActionSlots } from './action-slots';
import { ContextCounts, SavedCountsSchema } from './context-counts';
import type { HabitMoment } from './habit-moment';
import type { HabitParameters } from './habit-parameters';
import { LogLinear, type SparseFeatures } from './log-linear';
import {
  featureCount,
  featuresOfAction,
  isWeekend,
  momentFeatures,
  PARTS_A_DAY,
  partOfDay,
  pauseLength,
} from './moment-features';
import { SavedMomentsSchema, SimilarMoments, type Situation } from './similar-moments';

/** Everyone who has an opinion about what is done next. */
export const EXPERTS = [
  'frequency',
  'recency',
  'markov-1',
  'markov-2',
  'markov-3',
  'time-of-day',
  'log-linear',
  'similar-moments',
] as const;
type Expert = (typeof EXPERTS)[number];

/** What was done before this moment. */
export interface Before {
  /** Slots, the last first, at most three. */
  readonly last: readonly number[];
  /** Epoch milliseconds of the last one. */
  readonly lastAtMs: number | undefined;
}

/** Events that the overall frequency counts for, within a part of the day. */
const TIME_STRENGTH = 2;
/** Of what was done in the part of the day before and after. */
const NEAR_SHARE = 0.3;
const TABLES = ['all', 'rank', 'one', 'two', 'three', 'part'] as const;
const TableEntries = Object.fromEntries(TABLES.map((table) => [table, SavedCountsSchema])) as Record<
  (typeof TABLES)[number],
  typeof SavedCountsSchema
>;

const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** The weights of the log-linear expert are apart from it, in bytes. */
export const SavedExpertsSchema = v.strictObject({
  tables: v.strictObject(TableEntries),
  moments: SavedMomentsSchema,
  logLinearFeatures: v.array(index),
});
export type SavedExperts = v.InferOutput<typeof SavedExpertsSchema>;

/**
 * What is known of past actions, looked at in eight ways. Longer contexts back off to shorter ones by absolute
 * discounting (Kneser and Ney, Improved backing-off for m-gram language modeling, ICASSP 1995, interpolated).
 */
export class HabitExperts {
  readonly #parameters: HabitParameters;
  readonly #slots: ActionSlots;
  readonly #tables: Readonly<Record<(typeof TABLES)[number], ContextCounts>>;
  readonly #logLinear: LogLinear;
  readonly #moments: SimilarMoments;
  readonly #by: Readonly<Record<Expert, Float64Array>>;
  readonly #uniform: Float64Array;
  /** Of the moment evaluated last. */
  #features: SparseFeatures = { indices: [], values: [] };
  /** One an expert, in the order of `EXPERTS`; filled in by `evaluate`. */
  readonly opinions: readonly Float64Array[];

  constructor(parameters: HabitParameters, slots: ActionSlots) {
    this.#parameters = parameters;
    this.#slots = slots;
    const { contexts, keepAll, keepOne, keepLong, actions } = parameters;
    const counts = (keep: number): ContextCounts => new ContextCounts({ capacity: contexts, keep });
    this.#tables = {
      all: counts(keepAll),
      rank: counts(keepAll),
      one: counts(keepOne),
      two: counts(keepLong),
      three: counts(keepLong),
      part: counts(keepOne),
    };
    this.#logLinear = new LogLinear({
      capacity: actions,
      features: featureCount(actions),
      ...parameters.logLinear,
    });
    this.#moments = new SimilarMoments(parameters.moments);
    this.opinions = EXPERTS.map(() => new Float64Array(actions));
    this.#by = Object.fromEntries(EXPERTS.map((expert, at) => [expert, this.opinions[at]])) as Record<
      Expert,
      Float64Array
    >;
    this.#uniform = new Float64Array(actions);
  }

  /** What tends to follow each action, by its slot. */
  get following(): ContextCounts {
    return this.#tables.one;
  }

  /** Fills in `opinions` of the actions there are. */
  evaluate(moment: HabitMoment, before: Before): void {
    const { count } = this.#slots;
    const by = this.#by;
    const [one, two, three] = this.#contexts(before);
    this.#backOff('all', 0, this.#uniform.fill(1 / count, 0, count), by.frequency);
    this.#recency(by.recency);
    this.#backOff('one', one, by.frequency, by['markov-1']);
    this.#backOff('two', two, by['markov-1'], by['markov-2']);
    this.#backOff('three', three, by['markov-2'], by['markov-3']);
    this.#timeOfDay(moment, by['time-of-day']);
    this.#features = momentFeatures(moment, before.lastAtMs, before.last, this.#parameters.actions);
    this.#logLinear.predict(this.#features, count, by['log-linear']);
    this.#moments.predict(situationOf(moment, before), by.frequency, count, by['similar-moments']);
  }

  /** After `evaluate` for the same moment: an action that was known is done, before its slot is used. */
  learnOutcome(slot: number, moment: HabitMoment, before: Before): void {
    this.#logLinear.learn(this.#features, this.#slots.count, slot, this.#by['log-linear']);
    this.#tables.rank.add(0, this.#slots.recent.indexOf(slot));
    this.#moments.learn(slot, situationOf(moment, before), this.#by.frequency);
  }

  /** An action that was not known is done, and its slot is used. */
  learnNew(slot: number, moment: HabitMoment, before: Before): void {
    const features = momentFeatures(moment, before.lastAtMs, before.last, this.#parameters.actions);
    const opinion = this.#by['log-linear'];
    this.#logLinear.predict(features, this.#slots.count, opinion);
    this.#logLinear.learn(features, this.#slots.count, slot, opinion);
  }

  /** Any action is done, and its slot is used. */
  learn(slot: number, moment: HabitMoment, before: Before): void {
    this.#moments.remember(situationOf(moment, before), slot);
    for (const [table, context] of this.#counted(moment, before)) this.#tables[table].add(context, slot);
  }

  /** The slot is another action's from now on. */
  clearSlot(slot: number): void {
    const { actions } = this.#parameters;
    const isIn = (context: number, length: number): boolean =>
      Array.from({ length }, (_, at) => Math.floor(context / actions ** at) % actions).includes(slot);
    const lengths = { all: 0, part: 0, one: 1, two: 2, three: 3 } as const;
    for (const [table, length] of Object.entries(lengths) as [keyof typeof lengths, number][])
      this.#tables[table].clearSlot(slot, (context) => isIn(context, length));
    this.#moments.clearSlot(slot);
    this.#logLinear.clearClass(slot);
    for (const feature of featuresOfAction(slot, actions)) this.#logLinear.clearFeature(feature);
  }

  save(): { readonly saved: SavedExperts; readonly rows: Float32Array } {
    const { used, rows } = this.#logLinear.save(this.#slots.count);
    const tables = Object.fromEntries(
      TABLES.map((table) => [table, this.#tables[table].save()]),
    ) as SavedExperts['tables'];
    return { saved: { tables, moments: this.#moments.save(), logLinearFeatures: [...used] }, rows };
  }

  /** After the slots are restored. @throws TypeError when it does not belong together */
  restore({ tables, moments, logLinearFeatures }: SavedExperts, rows: Float32Array): void {
    this.#logLinear.restore(logLinearFeatures, rows, this.#slots.count);
    this.#moments.restore(moments, this.#slots.count);
    for (const table of TABLES) this.#tables[table].restore(tables[table], this.#slots.count);
  }

  /** Of the last action, the last two, the last three. */
  #contexts({ last: [a, b, c] }: Before): readonly (number | undefined)[] {
    const { actions } = this.#parameters;
    if (a === undefined) return [];
    if (b === undefined) return [a];
    const two = a * actions + b;
    return c === undefined ? [a, two] : [a, two, two * actions + c];
  }

  #counted(
    moment: HabitMoment,
    before: Before,
  ): readonly (readonly [Exclude<(typeof TABLES)[number], 'rank'>, number | undefined])[] {
    const [one, two, three] = this.#contexts(before);
    return [
      ['all', 0],
      ['one', one],
      ['two', two],
      ['three', three],
      ['part', partOfDay(moment)],
    ];
  }

  #backOff(
    table: (typeof TABLES)[number],
    context: number | undefined,
    shorter: Float64Array,
    into: Float64Array,
  ): void {
    const { count } = this.#slots;
    const row = this.#tables[table].find(context);
    if (row === undefined) {
      for (let one = 0; one < count; one += 1) into[one] = shorter[one] ?? 0;
      return;
    }
    const { discount, strength } = this.#parameters;
    let given = strength;
    row.weights.forEach((weight) => {
      given += Math.min(weight, discount);
    });
    const scale = 1 / (row.total + strength);
    for (let one = 0; one < count; one += 1) into[one] = given * scale * (shorter[one] ?? 0);
    row.weights.forEach((weight, slot) => {
      into[slot] = (into[slot] ?? 0) + Math.max(0, weight - discount) * scale;
    });
  }

  /** How often what is done was the last thing done, the one before that, …; as if each rank had been met a little. */
  #recency(into: Float64Array): void {
    const row = this.#tables.rank.find(0);
    const { recent, count } = this.#slots;
    let sum = 0;
    for (let rank = 0; rank < recent.length; rank += 1) {
      const slot = recent[rank] ?? 0;
      const weight = (row?.weights.get(rank) ?? 0) + 1 / (rank + 2);
      into[slot] = weight;
      sum += weight;
    }
    for (let one = 0; one < count; one += 1) into[one] = (into[one] ?? 0) / sum;
  }

  #timeOfDay(moment: HabitMoment, into: Float64Array): void {
    const { count } = this.#slots;
    const { frequency } = this.#by;
    for (let one = 0; one < count; one += 1) into[one] = TIME_STRENGTH * (frequency[one] ?? 0);
    let total = TIME_STRENGTH;
    const now = partOfDay(moment) + PARTS_A_DAY;
    for (const part of [now - 1, now, now + 1]) {
      const row = this.#tables.part.find(part % PARTS_A_DAY);
      if (row === undefined) continue;
      const share = part === now ? 1 : NEAR_SHARE;
      row.weights.forEach((weight, slot) => {
        into[slot] = (into[slot] ?? 0) + share * weight;
      });
      total += share * row.total;
    }
    for (let one = 0; one < count; one += 1) into[one] = (into[one] ?? 0) / total;
  }
}

function situationOf(moment: HabitMoment, { last: [a = -1, b = -1, c = -1], lastAtMs }: Before): Situation {
  return {
    last: [a, b, c],
    minuteOfDay: moment.minuteOfDay,
    isWeekend: isWeekend(moment),
    pause: pauseLength(moment, lastAtMs),
  };
}
