import * as v from 'valibot';
import type { JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { SavedCountsSchema } from './context-counts';
import { CurveTracker, SavedCurveSchema } from './curve-tracker';
import { EXPERTS } from './habit-experts';
import type { AppState, HabitMoment } from './habit-moment';
import { habitParameters } from './habit-parameters';
import { type Dismissal, DismissalSchema, type HabitReport, type Transition } from './habit-report';
import { APP_STATES } from './moment-features';
import { NextActionModel, SavedModelSchema } from './next-action-model';
import { DISMISSAL_DATA } from './offer-data';
import { RoutineFinder } from './routine-finder';

/** Actions in a prediction; the rest share what is left. */
const MOST_FORESEEN = 20;
const MOST_TRANSITIONS = 50;
const MOST_DISMISSALS = 200;
const LONGEST_ACTION = 120;

/** Something was done, or turned out not to have been meant. `subject` is the utterance it came from. */
type Happening =
  | { readonly kind: 'done'; readonly action: string; readonly subject: string }
  | { readonly kind: 'not-meant'; readonly subject: string }
  /** Something was offered, and put away. */
  | { readonly kind: 'dismissed'; readonly offer: string };

const nextActionEntries = {
  /** Actions that are known at one time; beyond, the one done longest ago is forgotten. */
  maximumActions: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(habitParameters.actions)),
    habitParameters.actions,
  ),
};
type NextActionEntries = typeof nextActionEntries;

const StateSchema = v.strictObject({
  /** Slots mean something only among as many. */
  maximumActions: v.pipe(v.number(), v.safeInteger(), v.minValue(2)),
  events: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Of what was done last; empty when unknown, or taken back. */
  subject: v.string(),
  model: SavedModelSchema,
  curve: SavedCurveSchema,
  routines: SavedCountsSchema,
  /** Oldest first. */
  dismissals: v.pipe(v.array(v.strictObject(DismissalSchema.entries)), v.maxLength(MOST_DISMISSALS)),
});

interface Knowledge {
  readonly model: NextActionModel;
  readonly curve: CurveTracker;
  readonly routines: RoutineFinder;
}

/**
 * Foresees which phrase is used next. Learns from interactions with a `phraseId`, and takes the last one back when a
 * correction says that it was not meant. Content and inputs may tell the time on the wall (`hour`, `minute`, `weekday`)
 * and the `appState`; without them the time of the observation counts, as this device's clock shows it.
 *
 * Predicts `{ actions: [{ action, probability }], somethingNew }`, which sum to 1 over all actions that are known. What
 * it tells of itself is a `HabitReport`.
 *
 * @example
 * const learner = new NextActionLearner('next-action');
 * await learner.initialize({ maximumActions: 100 });
 */
export class NextActionLearner extends BaseLearner<HabitMoment, Happening, NextActionEntries> {
  readonly learnerType = 'next-action';
  readonly supportedModes = ['online'] as const;
  override readonly dataTypes = ['user-interaction', 'correction', DISMISSAL_DATA];
  protected readonly configEntries = nextActionEntries;
  protected readonly snapshotVersion = 1;

  #maximumActions = habitParameters.actions;
  #known: Knowledge = knowledgeOf(habitParameters.actions);
  #events = 0;
  #subject = '';
  #dismissals: readonly Dismissal[] = [];

  protected initializeLearner({ maximumActions }: LearnerConfig<NextActionEntries>): void {
    this.#maximumActions = maximumActions;
    this.release();
  }

  protected extractFeatures({ content, at }: Observation): HabitMoment {
    const wall = new Date(at);
    const { hour, minute = 0, weekday, appState } = content;
    const isTold = isWithin(hour, 23) && isWithin(minute, 59);
    return {
      atMs: at,
      minuteOfDay: isTold ? hour * 60 + minute : wall.getHours() * 60 + wall.getMinutes(),
      weekday: isWithin(weekday, 6) ? weekday : wall.getDay(),
      appState: APP_STATES.find((state) => state === appState) ?? ('idle' satisfies AppState),
    };
  }

  protected extractTarget({ dataType, content }: LearningData): Happening | undefined {
    if (dataType === 'correction') {
      const { subjectId } = content;
      return typeof subjectId === 'string' ? { kind: 'not-meant', subject: subjectId } : undefined;
    }
    if (dataType === DISMISSAL_DATA) {
      const { offer } = content;
      const isOffer = typeof offer === 'string' && offer !== '' && offer.length <= 2 * LONGEST_ACTION;
      return isOffer ? { kind: 'dismissed', offer } : undefined;
    }
    const { phraseId, utteranceId, interactionType } = content;
    const isAction = typeof phraseId === 'string' && phraseId !== '' && phraseId.length <= LONGEST_ACTION;
    if (!isAction || interactionType === 'undo') return undefined;
    return { kind: 'done', action: phraseId, subject: typeof utteranceId === 'string' ? utteranceId : '' };
  }

  protected learnOnline({ features, target }: LearningItem<HabitMoment, Happening>): number {
    if (target.kind === 'dismissed') return this.#dismissed(target.offer, features.atMs);
    return target.kind === 'done' ? this.#done(target, features) : this.#notMeant(target.subject);
  }

  protected learnBatch(items: readonly LearningItem<HabitMoment, Happening>[]): number {
    const trusts = items.map((item) => this.learnOnline(item));
    return trusts.reduce((sum, trust) => sum + trust, 0) / trusts.length;
  }

  protected predictFrom(moment: HabitMoment): Prediction {
    const { ranked, newProbability } = this.#known.model.predict(moment);
    const [best] = ranked;
    if (best === undefined) return { value: {}, confidence: 0 };
    const actions = ranked
      .slice(0, MOST_FORESEEN)
      .map(({ action, probability }) => ({ action, probability }));
    return { value: { actions, somethingNew: newProbability }, confidence: best.probability };
  }

  protected describe(): JsonObject {
    const { model, curve, routines } = this.#known;
    const { slots } = model;
    const nameOf = (slot: number): string => slots.actionOf(slot);
    const report: HabitReport = {
      events: this.#events,
      actions: slots.count,
      curve: [...curve.points],
      transitions: [...this.#transitions()],
      routines: routines.routines.map(({ first, second, count, share }) => ({
        first: nameOf(first),
        second: nameOf(second),
        count,
        share,
      })),
      dismissals: [...this.#dismissals],
    };
    const { trust } = model;
    const experts = Object.fromEntries([...EXPERTS, 'product'].map((expert, at) => [expert, trust[at] ?? 0]));
    return { ...report, experts };
  }

  protected snapshot(): LearnerState {
    const { model, curve, routines } = this.#known;
    const { saved, weights } = model.save();
    return {
      state: {
        maximumActions: this.#maximumActions,
        events: this.#events,
        subject: this.#subject,
        model: saved,
        curve: curve.save(),
        routines: routines.save(),
        dismissals: this.#dismissals.map((one) => ({ ...one })),
      },
      weights,
    };
  }

  protected restore({ state, weights }: LearnerState): void {
    const { maximumActions, events, subject, model, curve, routines, dismissals } = v.parse(
      StateSchema,
      state,
    );
    if (weights === undefined) throw new TypeError('there are no weights');
    if (maximumActions !== this.#maximumActions) throw new TypeError('it is for another number of actions');
    const restored = knowledgeOf(maximumActions);
    restored.model.restore(model, weights);
    const { count } = restored.model.slots;
    restored.curve.restore(curve, count);
    restored.routines.restore(routines, count);
    this.#known = restored;
    this.#events = events;
    this.#subject = subject;
    this.#dismissals = dismissals;
  }

  protected override release(): void {
    this.#known = knowledgeOf(this.#maximumActions);
    this.#events = 0;
    this.#subject = '';
    this.#dismissals = [];
  }

  #done({ action, subject }: Extract<Happening, { kind: 'done' }>, moment: HabitMoment): number {
    const { model, curve, routines } = this.#known;
    const { ranked } = model.predict(moment);
    const [best] = ranked;
    const { slots, lastSlot: last } = model;
    const foreseen = best === undefined ? undefined : slots.find(best.action);
    curve.judge(slots.find(action), foreseen, { recent: slots.recent, last }, moment.atMs);
    const pauseMs = moment.atMs - (model.lastAtMs ?? moment.atMs);
    const { slot, isTakenOver } = model.learn(action, moment);
    if (isTakenOver) {
      curve.clearSlot(slot);
      routines.clearSlot(slot);
    }
    const before = last === slot && isTakenOver ? undefined : last;
    curve.learn(slot, before);
    routines.learn(slot, before, pauseMs);
    this.#events += 1;
    this.#subject = subject;
    return ranked.find((one) => one.action === action)?.probability ?? 0;
  }

  /** Only the last one: what was done since then has been learnt from as what followed it. */
  #notMeant(subject: string): number {
    const { model, curve, routines } = this.#known;
    const slot = model.lastSlot;
    if (subject === '' || subject !== this.#subject || slot === undefined) return 0;
    const atMs = model.lastAtMs ?? 0;
    model.takeBack();
    curve.takeBack(slot, model.lastSlot);
    routines.takeBack(slot, model.lastSlot, atMs - (model.lastAtMs ?? atMs));
    this.#subject = '';
    return 0;
  }

  #dismissed(offer: string, atMs: number): number {
    const before = this.#dismissals.find((one) => one.offer === offer);
    const others = this.#dismissals.filter((one) => one !== before);
    const dismissal = { offer, times: (before?.times ?? 0) + 1, at: atMs };
    this.#dismissals = [...others, dismissal].slice(-MOST_DISMISSALS);
    return 0;
  }

  #transitions(): readonly Transition[] {
    const { model } = this.#known;
    const found: Transition[] = [];
    for (const [from, { weights, total }] of model.following.rows)
      for (const [to, weight] of weights)
        found.push({
          from: model.slots.actionOf(from),
          to: model.slots.actionOf(to),
          weight,
          probability: total === 0 ? 0 : Math.min(1, weight / total),
        });
    return found.sort((a, b) => b.weight - a.weight).slice(0, MOST_TRANSITIONS);
  }
}

function knowledgeOf(actions: number): Knowledge {
  return {
    model: new NextActionModel({ ...habitParameters, actions }),
    curve: new CurveTracker(actions),
    routines: new RoutineFinder(actions),
  };
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}
