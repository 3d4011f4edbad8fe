import * as v from 'valibot';
import { SavedCountsSchema } from './context-counts';
import { CurveTracker, SavedCurveSchema } from './curve-tracker';
import type { HabitMoment } from './habit-moment';
import { habitParameters } from './habit-parameters';
import type { CurvePoint, Routine, Transition } from './habit-report';
import { type Forecast, NextActionModel, SavedModelSchema } from './next-action-model';
import { RoutineFinder } from './routine-finder';

const MOST_TRANSITIONS = 50;

export const SavedKnowledgeSchema = v.strictObject({
  events: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  model: SavedModelSchema,
  curve: SavedCurveSchema,
  routines: SavedCountsSchema,
});

/** What is known at one point of somebody's past; plain JSON, and bytes. Never changed once it is taken. */
export interface SavedKnowledge {
  readonly saved: v.InferOutput<typeof SavedKnowledgeSchema>;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * All that is made of what somebody did: the model that foresees, how well it foresaw, and what goes together. The same
 * actions at the same moments, in the same order, come to the same knowledge to the last bit.
 */
export class HabitKnowledge {
  readonly #model: NextActionModel;
  readonly #curve: CurveTracker;
  readonly #routines: RoutineFinder;
  #events = 0;

  /** @param maximumActions that are known at one time */
  constructor(maximumActions: number) {
    this.#model = new NextActionModel({ ...habitParameters, actions: maximumActions });
    this.#curve = new CurveTracker(maximumActions);
    this.#routines = new RoutineFinder(maximumActions);
  }

  /** Things done. */
  get events(): number {
    return this.#events;
  }

  /** Different actions that are known. */
  get actions(): number {
    return this.#model.slots.count;
  }

  get curve(): readonly CurvePoint[] {
    return this.#curve.points;
  }

  /** How far each expert is trusted, in the order of `EXPERTS`, and last their product. */
  get trust(): readonly number[] {
    return this.#model.trust;
  }

  predict(moment: HabitMoment): Forecast {
    return this.#model.predict(moment);
  }

  /** Something was done. Returns how probable it had seemed, in [0, 1]. */
  learn(action: string, moment: HabitMoment): number {
    const model = this.#model;
    const { ranked } = model.predict(moment);
    const [best] = ranked;
    const { slots, lastSlot: last } = model;
    const foreseen = best === undefined ? undefined : slots.find(best.action);
    this.#curve.judge(slots.find(action), foreseen, { recent: slots.recent, last }, moment.atMs);
    const pauseMs = moment.atMs - (model.lastAtMs ?? moment.atMs);
    const { slot, isTakenOver } = model.learn(action, moment);
    if (isTakenOver) {
      this.#curve.clearSlot(slot);
      this.#routines.clearSlot(slot);
    }
    const before = last === slot && isTakenOver ? undefined : last;
    this.#curve.learn(slot, before);
    this.#routines.learn(slot, before, pauseMs);
    this.#events += 1;
    return ranked.find((one) => one.action === action)?.probability ?? 0;
  }

  get routines(): readonly Routine[] {
    const { slots } = this.#model;
    return this.#routines.routines.map(({ first, second, count, share }) => ({
      first: slots.actionOf(first),
      second: slots.actionOf(second),
      count,
      share,
    }));
  }

  /** Most frequent first, at most 50. */
  get transitions(): readonly Transition[] {
    const { slots, following } = this.#model;
    const found: Transition[] = [];
    for (const [from, { weights, total }] of following.rows)
      for (const [to, weight] of weights)
        found.push({
          from: slots.actionOf(from),
          to: slots.actionOf(to),
          weight,
          probability: total === 0 ? 0 : Math.min(1, weight / total),
        });
    return found.sort((a, b) => b.weight - a.weight).slice(0, MOST_TRANSITIONS);
  }

  save(): SavedKnowledge {
    const { saved: model, weights } = this.#model.save();
    return {
      saved: { events: this.#events, model, curve: this.#curve.save(), routines: this.#routines.save() },
      weights,
    };
  }

  /** @throws TypeError when it does not belong together; the knowledge is then no longer of use */
  restore({ saved: { events, model, curve, routines }, weights }: SavedKnowledge): void {
    this.#model.restore(model, weights);
    const { count } = this.#model.slots;
    this.#curve.restore(curve, count);
    this.#routines.restore(routines, count);
    this.#events = events;
  }
}
