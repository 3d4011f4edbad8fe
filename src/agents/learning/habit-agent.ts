import * as v from 'valibot';
import type { LearntPreferences } from '../../adaptation/adaptation-strategy';
import {
  type HabitReport,
  HabitReportSchema,
  type LearningCurves,
  type Transition,
} from '../../behaviour/habits/habit-report';
import { DISMISSAL_DATA } from '../../behaviour/habits/offer-data';
import {
  type Belief,
  type BeliefId,
  BeliefSchema,
  isPreferenceValue,
  type Preference,
} from '../../behaviour/preferences/belief';
import { PREFERENCE_DATA } from '../../behaviour/preferences/preference-data';
import { isId, type LearningDataId, newId, type PhraseId, type UserId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import type { PayloadOf } from '../../events/event-payloads';
import type { LearningData } from '../../learning/learning-data';
import type { LearnerState } from '../../metrics/monitored-learner';
import type { Engine } from '../engine';
import { appStateOf } from './app-state';
import type { BehaviourLine } from './behaviour-line';
import type { BeliefError, HabitAccess } from './habit-access';
import { noOffers, routineOf, suggestionsOf } from './habit-offers';
import type { LearningSystemError } from './learning-system-error';
import { DetailHabit, learntPreferences, preferenceEvidence } from './preference-evidence';

interface Options {
  readonly engine: Engine;
  readonly behaviour: Pick<BehaviourLine, 'observe' | 'predict' | 'states'>;
  readonly userId: () => UserId | undefined;
  readonly sessionId: string;
}

const AGENT = 'habits';
const LEARNER = 'next-action';
/** What is expected changes with the time of day. */
const REFRESH_MS = 5 * 60_000;
/** Somewhat longer, so that there is no gap between two. */
const EXPIRES_MS = REFRESH_MS + 60_000;
/** The first look waits until the page answers: a worker starts for it. */
const FIRST_LOOK_MS = 2_000;

const ForecastSchema = v.object({
  actions: v.array(v.object({ action: v.string(), probability: v.number() })),
});

/** Puts to use what was learnt of habits: tells the recogniser what to expect, and offers what is probably wanted. */
export class HabitAgent implements HabitAccess {
  readonly #options: Options;
  #timer: ReturnType<typeof setInterval> | undefined;
  #first: ReturnType<typeof setTimeout> | undefined;
  #preferences: LearntPreferences = {};
  #details = new DetailHabit();

  constructor(options: Options) {
    this.#options = options;
  }

  /** What strategies may act on, as of the last time habits were put to use. */
  get preferences(): LearntPreferences {
    return this.#preferences;
  }

  open(): void {
    this.#first = setTimeout(() => void this.refresh(), FIRST_LOOK_MS);
    this.#timer = setInterval(() => void this.refresh(), REFRESH_MS);
  }

  /** The vault was locked: nothing of habits stays on the page or with the recogniser. */
  close(): void {
    clearTimeout(this.#first);
    clearInterval(this.#timer);
    this.#preferences = {};
    this.#details = new DetailHabit();
    this.#options.engine.store.set({ habits: noOffers });
    void this.#options.engine.speech.expectHabit(undefined);
  }

  /** Something was learnt, or time has passed. */
  async refresh(): Promise<void> {
    const { engine, behaviour, userId } = this.#options;
    const now = engine.clock.now();
    const wall = new Date(now);
    const predicted = await behaviour.predict(LEARNER, {
      hour: wall.getHours(),
      minute: wall.getMinutes(),
      weekday: wall.getDay(),
      appState: appStateOf(engine.store.state),
    });
    const report = await this.#report();
    const beliefs = await this.beliefs();
    // Locked meanwhile: what was found is nobody's business any more.
    if (!predicted.ok || !report.ok || userId() === undefined) return;
    if (beliefs.ok) this.#preferences = learntPreferences(beliefs.value);
    const parsed = v.safeParse(ForecastSchema, predicted.value.value);
    const actions = parsed.success ? parsed.output.actions : [];
    const chances = actions.flatMap(({ action, probability }) =>
      isId<PhraseId>(action) ? [{ phraseId: action, probability }] : [],
    );
    void engine.speech.expectHabit({ chances, expiresAt: now + EXPIRES_MS });
    engine.store.update(({ phrases, habits }) => {
      const known = { phrases, dismissals: report.value.dismissals, nowMs: now };
      return {
        habits: {
          ...habits,
          suggestions: suggestionsOf(actions, report.value.events, known),
          routine: routineOf(report.value.routines, known),
        },
      };
    });
  }

  /** Not wanted; remembered with the habits. */
  async dismiss(offer: string): Promise<Result<void, LearningSystemError>> {
    const told = await this.#tell(DISMISSAL_DATA, { offer });
    await this.refresh();
    return told;
  }

  /** @param act `chosen` in Settings, or `done` */
  prefer(
    preference: Preference,
    value: string,
    act: 'chosen' | 'done',
  ): Promise<Result<void, LearningSystemError>> {
    return this.#tell(PREFERENCE_DATA, { preference, value, act });
  }

  /** The person did something with Echo. */
  async followed(done: Pick<PayloadOf<'user-interaction'>, 'interactionType' | 'content'>): Promise<void> {
    const isAnswer = done.interactionType === 'voice-command' && 'phraseId' in done.content;
    const found = [...preferenceEvidence(done), ...(isAnswer ? this.#details.answered() : [])];
    for (const { preference, value } of found) await this.prefer(preference, value, 'done');
  }

  /** The person wanted to know why. */
  lookedCloser(): Promise<Result<void, LearningSystemError>> {
    const { preference, value } = this.#details.looked();
    return this.prefer(preference, value, 'done');
  }

  async beliefs(): Promise<Result<readonly Belief[], LearningSystemError>> {
    const known = await this.#insightsOf('preferences');
    if (!known.ok) return known;
    const parsed = v.safeParse(v.array(BeliefSchema), known.value?.['beliefs'] ?? []);
    return ok(parsed.success ? parsed.output : []);
  }

  forgetBelief(id: BeliefId): Promise<Result<void, LearningSystemError>> {
    return this.#tell(PREFERENCE_DATA, { preference: id, act: 'forgotten' });
  }

  async setBelief(id: BeliefId, value: string): Promise<Result<void, BeliefError>> {
    if (!isPreferenceValue(id, value)) return err({ kind: 'bad-value' });
    return this.#tell(PREFERENCE_DATA, { preference: id, value, act: 'set' });
  }

  async learningCurves(): Promise<Result<LearningCurves, LearningSystemError>> {
    const report = await this.#report();
    return report.ok ? ok(report.value.curve) : report;
  }

  async transitions(): Promise<Result<readonly Transition[], LearningSystemError>> {
    const report = await this.#report();
    return report.ok ? ok(report.value.transitions) : report;
  }

  async #report(): Promise<Result<HabitReport, LearningSystemError>> {
    const known = await this.#insightsOf(LEARNER);
    if (!known.ok) return known;
    const parsed = v.safeParse(HabitReportSchema, known.value);
    return ok(
      parsed.success
        ? parsed.output
        : { events: 0, actions: 0, curve: [], transitions: [], routines: [], dismissals: [] },
    );
  }

  async #insightsOf(
    type: string,
  ): Promise<Result<LearnerState['insights'] | undefined, LearningSystemError>> {
    const states = await this.#options.behaviour.states();
    return states.ok ? ok(states.value.find(({ learnerType }) => learnerType === type)?.insights) : states;
  }

  async #tell(dataType: string, content: JsonObject): Promise<Result<void, LearningSystemError>> {
    const { behaviour, userId, sessionId, engine } = this.#options;
    const id = userId();
    if (id === undefined) return err({ kind: 'no-profile' });
    const data: LearningData = {
      id: newId<LearningDataId>(),
      userId: id,
      agentId: AGENT,
      sessionId,
      dataType,
      content,
      privacyLevel: 'private',
      qualityScore: 1,
      createdAt: engine.clock.now(),
    };
    return behaviour.observe([data]);
  }
}
