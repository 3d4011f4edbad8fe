import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../core/json';
import { BaseLearner } from '../../learning/base-learner';
import type { Prediction } from '../../learning/learner';
import type { LearnerConfig } from '../../learning/learner-config';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState, LearningItem, Observation } from '../../learning/observation';
import { EXPERTS } from './habit-experts';
import { HabitJournal, SavedJournalSchema } from './habit-journal';
import { SavedKnowledgeSchema } from './habit-knowledge';
import type { AppState, HabitMoment } from './habit-moment';
import { habitParameters } from './habit-parameters';
import { type Dismissal, DismissalSchema, type HabitReport } from './habit-report';
import { APP_STATES } from './moment-features';
import { SavedModelSchema } from './next-action-model';
import { DISMISSAL_DATA } from './offer-data';

/** Actions in a prediction; the rest share what is left. */
const MOST_FORESEEN = 20;
const MOST_DISMISSALS = 200;
const LONGEST_ACTION = 120;

/** Something was done, or turned out not to have been wanted. `subject` is the utterance it came from. */
type Happening =
  | { readonly kind: 'done'; readonly action: string; readonly subject: string }
  /** `instead`: what was wanted then, where that is known. */
  | { readonly kind: 'not-wanted'; readonly subject: string; readonly instead: string | undefined }
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

const commonEntries = {
  /** Slots mean something only among as many. */
  maximumActions: v.pipe(v.number(), v.safeInteger(), v.minValue(2)),
  /** Oldest first. */
  dismissals: v.pipe(v.array(v.strictObject(DismissalSchema.entries)), v.maxLength(MOST_DISMISSALS)),
};
const StateSchema = v.strictObject({ ...commonEntries, journal: SavedJournalSchema });

/** Before there was a journal: nothing but the last thing done could be taken back, and that not to the last bit. */
const FirstStateSchema = v.pipe(
  v.object({
    ...commonEntries,
    ...SavedKnowledgeSchema.entries,
    model: v.object(SavedModelSchema.entries),
  }),
  v.transform(
    ({ maximumActions, dismissals, ...base }): v.InferOutput<typeof StateSchema> => ({
      maximumActions,
      dismissals,
      journal: { base, entries: [] },
    }),
  ),
);

/**
 * Foresees which phrase is wanted next. Learns from interactions with a `phraseId`. What turns out not to have been wanted
 * at that moment (undone, corrected, turned down) is as if it had never been done, to the last bit, among the last 32
 * actions at least; where a correction says what was wanted, that was done. Content and inputs may tell the time on the wall (`hour`, `minute`, `weekday`)
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
  protected readonly snapshotVersion = 2;

  #maximumActions = habitParameters.actions;
  #journal = new HabitJournal(habitParameters.actions);
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
    if (dataType === 'correction') return correctionOf(content);
    if (dataType === DISMISSAL_DATA) {
      const { offer } = content;
      const isOffer = typeof offer === 'string' && offer !== '' && offer.length <= 2 * LONGEST_ACTION;
      return isOffer ? { kind: 'dismissed', offer } : undefined;
    }
    const { phraseId, interactionType, declined } = content;
    const subject = subjectOf(content);
    if (interactionType === 'undo')
      return subject === '' ? undefined : { kind: 'not-wanted', subject, instead: undefined };
    // Asked whether to do it, the person said no.
    if (!isAction(phraseId) || declined === true) return undefined;
    return { kind: 'done', action: phraseId, subject };
  }

  protected learnOnline({ features, target }: LearningItem<HabitMoment, Happening>): number {
    if (target.kind === 'dismissed') return this.#dismissed(target.offer, features.atMs);
    const { subject } = target;
    if (target.kind === 'done') return this.#journal.add(target.action, subject, features);
    if (target.instead === undefined) this.#journal.remove(subject);
    else this.#journal.replace(subject, target.instead);
    return 0;
  }

  protected learnBatch(items: readonly LearningItem<HabitMoment, Happening>[]): number {
    const trusts = items.map((item) => this.learnOnline(item));
    return trusts.reduce((sum, trust) => sum + trust, 0) / trusts.length;
  }

  protected predictFrom(moment: HabitMoment): Prediction {
    const { ranked, newProbability } = this.#journal.knowledge.predict(moment);
    const [best] = ranked;
    if (best === undefined) return { value: {}, confidence: 0 };
    const actions = ranked
      .slice(0, MOST_FORESEEN)
      .map(({ action, probability }) => ({ action, probability }));
    return { value: { actions, somethingNew: newProbability }, confidence: best.probability };
  }

  protected describe(): JsonObject {
    const { events, actions, curve, transitions, routines, trust } = this.#journal.knowledge;
    const report: HabitReport = {
      events,
      actions,
      curve: [...curve],
      transitions: [...transitions],
      routines: [...routines],
      dismissals: [...this.#dismissals],
    };
    const experts = Object.fromEntries([...EXPERTS, 'product'].map((expert, at) => [expert, trust[at] ?? 0]));
    return { ...report, experts };
  }

  protected snapshot(): LearnerState {
    const { saved, weights } = this.#journal.save();
    const state = {
      maximumActions: this.#maximumActions,
      dismissals: this.#dismissals.map((one) => ({ ...one })),
      journal: saved,
    };
    return weights === undefined ? { state } : { state, weights };
  }

  protected restore({ state, weights }: LearnerState, version: number): void {
    const { maximumActions, dismissals, journal } = v.parse(
      version === 1 ? FirstStateSchema : StateSchema,
      state,
    );
    if (maximumActions !== this.#maximumActions) throw new TypeError('it is for another number of actions');
    const restored = new HabitJournal(maximumActions);
    restored.restore({ saved: journal, weights });
    this.#journal = restored;
    this.#dismissals = dismissals;
  }

  protected override release(): void {
    this.#journal = new HabitJournal(this.#maximumActions);
    this.#dismissals = [];
  }

  #dismissed(offer: string, atMs: number): number {
    const before = this.#dismissals.find((one) => one.offer === offer);
    const others = this.#dismissals.filter((one) => one !== before);
    const dismissal = { offer, times: (before?.times ?? 0) + 1, at: atMs };
    this.#dismissals = [...others, dismissal].slice(-MOST_DISMISSALS);
    return 0;
  }
}

/**
 * What is said of an utterance later. What should have been typed is typed again by itself, as an utterance of its own.
 */
function correctionOf({ subjectId, after }: JsonObject): Happening | undefined {
  if (typeof subjectId !== 'string' || subjectId === '') return undefined;
  const { phraseId, interactionType } = isJsonObject(after) ? after : {};
  const isInstead = isAction(phraseId) && interactionType !== 'typed-command';
  return { kind: 'not-wanted', subject: subjectId, instead: isInstead ? phraseId : undefined };
}

/** The utterance that something came from or is about, or the suggestion. */
function subjectOf({ utteranceId, suggestionId }: JsonObject): string {
  const subject = utteranceId ?? suggestionId;
  return typeof subject === 'string' && subject.length <= LONGEST_ACTION ? subject : '';
}

function isAction(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ACTION;
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}
