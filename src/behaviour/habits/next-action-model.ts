import * as v from 'valibot';
import { ActionSlots } from './action-slots';
import type { ContextCounts } from './context-counts';
import { ExpertMix, SavedMixSchema } from './expert-mix';
import { type Before, HabitExperts, SavedExpertsSchema } from './habit-experts';
import type { HabitMoment } from './habit-moment';
import { type HabitParameters, habitParameters } from './habit-parameters';

export interface ForeseenAction {
  readonly action: string;
  /** In [0, 1]; with `newProbability`, all of them sum to 1. */
  readonly probability: number;
}

export interface Forecast {
  /** Most probable first. */
  readonly ranked: readonly ForeseenAction[];
  /** That something is done that was never done before, or was forgotten. Never 0. */
  readonly newProbability: number;
}

const LEAST_NEWS = 0.005;
const HISTORY = 3;

const action = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
export const SavedModelSchema = v.strictObject({
  slots: v.strictObject({ actions: v.array(action), recent: v.array(index) }),
  /** Slots of what was done before, the last first. */
  last: v.pipe(v.array(index), v.maxLength(HISTORY)),
  lastAtMs: v.nullable(v.pipe(v.number(), v.safeInteger())),
  news: v.strictObject({ seen: amount, events: v.pipe(amount, v.minValue(0.1)) }),
  mix: SavedMixSchema,
  experts: SavedExpertsSchema,
});
export type SavedModel = v.InferOutput<typeof SavedModelSchema>;

/**
 * Foresees what somebody does next, from what they did, in which order and when. Learns from one event at a time in
 * bounded memory and forgets what is no longer so. Knows nothing of learners, clocks or people: whoever drives it says
 * what time it is.
 *
 * @example
 * const model = new NextActionModel();
 * const moment = { atMs: 0, minuteOfDay: 450, weekday: 1, appState: 'idle' } as const;
 * model.learn('kettle', moment);
 * model.predict(moment).ranked[0]?.action; // 'kettle'
 */
export class NextActionModel {
  readonly #parameters: HabitParameters;
  readonly slots: ActionSlots;
  readonly #experts: HabitExperts;
  readonly #mix: ExpertMix;
  #past: Before = { last: [], lastAtMs: undefined };
  #news: { readonly seen: number; readonly events: number };
  /** What the experts' opinions are about at present. */
  #evaluated: HabitMoment | undefined;
  #mixed = new Float64Array();

  constructor(parameters: HabitParameters = habitParameters) {
    this.#parameters = parameters;
    this.slots = new ActionSlots(parameters.actions);
    this.#experts = new HabitExperts(parameters, this.slots);
    this.#mix = new ExpertMix({ capacity: parameters.actions, ...parameters.mix });
    this.#news = { seen: parameters.news.seen, events: parameters.news.events };
  }

  /** What tends to follow each action, by its slot. */
  get following(): Pick<ContextCounts, 'rows'> {
    return this.#experts.following;
  }

  /** How far each expert is trusted, in the order of `EXPERTS`, and last their product. */
  get trust(): readonly number[] {
    return this.#mix.trust;
  }

  /** What was done last, if anything was. */
  get lastSlot(): number | undefined {
    return this.#past.last[0];
  }

  /** Epoch milliseconds. */
  get lastAtMs(): number | undefined {
    return this.#past.lastAtMs;
  }

  predict(moment: HabitMoment): Forecast {
    const newProbability = this.#newProbability();
    if (this.slots.count === 0) return { ranked: [], newProbability: 1 };
    this.#evaluate(moment);
    const known = 1 - newProbability;
    const ranked = this.slots.recent.map((slot) => ({
      action: this.slots.actionOf(slot),
      probability: known * (this.#mixed[slot] ?? 0),
    }));
    return { ranked: ranked.sort((a, b) => b.probability - a.probability), newProbability };
  }

  /** @returns the slot of another action that is forgotten for this one */
  learn(done: string, moment: HabitMoment): { readonly slot: number; readonly isTakenOver: boolean } {
    const known = this.slots.find(done);
    if (known !== undefined) {
      this.#evaluate(moment);
      this.#mix.learn(this.#experts.opinions, this.slots.count, known);
      this.#experts.learnOutcome(known, moment, this.#past);
    }
    const { keep } = this.#parameters.news;
    const { seen, events } = this.#news;
    this.#news = { seen: seen * keep + (known === undefined ? 1 : 0), events: events * keep + 1 };
    const used = this.slots.use(done);
    if (used.isTakenOver) this.#forget(used.slot);
    const before = this.#past;
    if (known === undefined) this.#experts.learnNew(used.slot, moment, before);
    this.#experts.learn(used.slot, moment, before);
    this.#past = { last: [used.slot, ...before.last].slice(0, HISTORY), lastAtMs: moment.atMs };
    this.#evaluated = undefined;
    return used;
  }

  save(): { readonly saved: SavedModel; readonly weights: Uint8Array<ArrayBuffer> } {
    const { saved: experts, rows } = this.#experts.save();
    const { actions, recent } = this.slots.save();
    const { last, lastAtMs } = this.#past;
    const saved = {
      slots: { actions: [...actions], recent: [...recent] },
      last: [...last],
      lastAtMs: lastAtMs ?? null,
      news: { ...this.#news },
      mix: this.#mix.save(),
      experts,
    };
    return { saved, weights: new Uint8Array(Float32Array.from(rows).buffer) };
  }

  /** @throws TypeError when it does not belong together; the model is then no longer of use */
  restore(saved: SavedModel, weights: Uint8Array): void {
    const { slots, last, lastAtMs, news, mix, experts } = saved;
    if (weights.byteLength % Float32Array.BYTES_PER_ELEMENT !== 0) throw new TypeError('weights cut short');
    this.slots.restore(slots);
    const isKnown = (slot: number): boolean => slot < slots.actions.length;
    if (!last.every(isKnown)) throw new TypeError('an action that is none');
    this.#experts.restore(experts, new Float32Array(Uint8Array.from(weights).buffer));
    this.#mix.restore(mix);
    this.#past = { last, lastAtMs: lastAtMs ?? undefined };
    this.#news = news;
    this.#evaluated = undefined;
  }

  /** Predicting and then learning about the same moment looks at it once. */
  #evaluate(moment: HabitMoment): void {
    if (this.#evaluated === moment) return;
    this.#experts.evaluate(moment, this.#past);
    this.#mixed = this.#mix.predict(this.#experts.opinions, this.slots.count) as Float64Array<ArrayBuffer>;
    this.#evaluated = moment;
  }

  #newProbability(): number {
    return Math.max(LEAST_NEWS, this.#news.seen / this.#news.events);
  }

  #forget(slot: number): void {
    this.#experts.clearSlot(slot);
    const { last, lastAtMs } = this.#past;
    this.#past = { last: last.filter((one) => one !== slot), lastAtMs };
  }
}
