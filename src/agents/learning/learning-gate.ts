import type { ActionDecision, ActionQuestion } from '../../adaptation/action-policy';
import type { Adaptation, AdaptationError } from '../../adaptation/adaptive-behavior-manager';
import type { PhraseId, UtteranceId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import type { LearningEvent } from '../../events/learning-event';
import type { Prediction } from '../../learning/learner';
import type { LearningData } from '../../learning/learning-data';
import type { DebugView } from '../../metrics/learning-debugger';
import type { Report } from '../talk/interaction-reporter';
import type { BehaviorPatterns } from './behaviour-patterns';
import type { HabitAgent } from './habit-agent';
import type { LearnerInsights } from './learning-agent';
import type { LearningSystem } from './learning-system';
import type { LearningSystemError } from './learning-system-error';
import type { UsageHistory } from './usage-history';

type Gated = Pick<
  LearningSystem,
  | 'open'
  | 'close'
  | 'end'
  | 'report'
  | 'predict'
  | 'learn'
  | 'onEvent'
  | 'patterns'
  | 'insights'
  | 'forgetLearningData'
  | 'habits'
  | 'revertAdaptation'
  | 'allowAdaptation'
  | 'forgetTrust'
  | 'lookedCloser'
  | 'chose'
  | 'decide'
  | 'usage'
  | 'refreshMemory'
  | 'debugView'
  | 'exportDebugInfo'
  | 'metricsText'
  | 'downloadLog'
  | 'clearLog'
>;
type Task = (system: Gated) => void;

/** Far more than anybody does while a file loads; later ones are dropped. */
const MOST_WAITING = 1_000;

/**
 * Stands for the learning system, which loads when the vault is first opened or somebody asks for it: nobody waits
 * for it to see the first screen. What happens before it is there is told to it in order; calls wait for it.
 * When it cannot be loaded they fail, and the next one tries again.
 */
export class LearningGate {
  readonly #load: () => Promise<Gated>;
  #loading: Promise<Gated> | undefined;
  #system: Gated | undefined;
  /** What the open vault's system has to do first. */
  #waiting: Task[] = [];
  readonly #subscriptions = new Set<Task>();
  #isEnded = false;

  constructor(load: () => Promise<Gated>) {
    this.#load = load;
  }

  /** The vault was opened and the profile in it is known. */
  open(): void {
    this.#tell((system) => system.open());
  }

  /** The vault was locked: nothing that was done in it waits any longer. */
  close(): void {
    this.#waiting = [];
    this.#system?.close();
  }

  /** The page goes away. */
  end(): void {
    this.#isEnded = true;
    this.#waiting = [];
    this.#system?.end();
  }

  /** The person did something with Echo. */
  report(report: Report): void {
    this.#tell((system) => system.report(report));
  }

  predict(learner: string, input: JsonObject): Promise<Result<Prediction, LearningSystemError>> {
    return this.#answer((system) => system.predict(learner, input));
  }

  learn(data: LearningData): Promise<Result<void, LearningSystemError>> {
    return this.#answer((system) => system.learn(data));
  }

  onEvent(listener: (event: LearningEvent) => void): () => void {
    if (this.#system !== undefined) return this.#system.onEvent(listener);
    let end = (): void => {
      this.#subscriptions.delete(subscribe);
    };
    const subscribe: Task = (system) => {
      end = system.onEvent(listener);
    };
    this.#subscriptions.add(subscribe);
    return () => end();
  }

  patterns(signal?: AbortSignal): Promise<Result<BehaviorPatterns, LearningSystemError>> {
    return this.#answer((system) => system.patterns(signal));
  }

  async insights(): Promise<readonly LearnerInsights[]> {
    return (await this.#loaded()).insights();
  }

  forgetLearningData(): Promise<Result<number, LearningSystemError>> {
    return this.#answer((system) => system.forgetLearningData());
  }

  /** What was learnt of habits and preferences, once it is there. */
  habits<T, E>(
    ask: (habits: HabitAgent) => Promise<Result<T, E>>,
  ): Promise<Result<T, E | { readonly kind: 'unavailable'; readonly detail: string }>> {
    return this.#tried().then(
      (loaded): Promise<Result<T, E | { readonly kind: 'unavailable'; readonly detail: string }>> =>
        loaded.ok ? ask(loaded.value.habits) : Promise.resolve(loaded),
    );
  }

  async revertAdaptation(id: Adaptation['id']): Promise<Result<void, AdaptationError>> {
    const loaded = await this.#tried();
    if (!loaded.ok) return err({ kind: 'not-reverted', detail: loaded.error.detail });
    return loaded.value.revertAdaptation(id);
  }

  /** The person changed settings: what they chose is theirs. */
  chose(paths: readonly string[]): void {
    if (paths.length > 0) this.#tell((system) => system.chose(paths));
  }

  async allowAdaptation(setting: string): Promise<void> {
    return (await this.#loaded()).allowAdaptation(setting);
  }

  async forgetTrust(phraseId: PhraseId): Promise<void> {
    return (await this.#loaded()).forgetTrust(phraseId);
  }

  lookedCloser(id: UtteranceId): void {
    this.#tell((system) => system.lookedCloser(id));
  }

  /** Where nothing learnt can be asked, anything risky is. */
  async decide(question: ActionQuestion): Promise<ActionDecision> {
    const loaded = await this.#tried();
    if (loaded.ok) return loaded.value.decide(question);
    const { consequence, confirm, confidence: chance } = question;
    const isAsked = consequence === 'risky' && confirm !== 'never';
    return { kind: isAsked ? 'ask' : 'act', reason: isAsked ? 'not-sure-enough' : 'sure', chance };
  }

  usage(signal?: AbortSignal): Promise<Result<UsageHistory, LearningSystemError>> {
    return this.#answer((system) => system.usage(signal));
  }

  async refreshMemory(): Promise<void> {
    return (await this.#loaded()).refreshMemory();
  }

  debugView(signal?: AbortSignal): Promise<Result<DebugView, LearningSystemError>> {
    return this.#answer((system) => system.debugView(signal));
  }

  async exportDebugInfo(): Promise<Blob> {
    return (await this.#loaded()).exportDebugInfo();
  }

  async metricsText(): Promise<string> {
    return (await this.#loaded()).metricsText();
  }

  async downloadLog(): Promise<Blob> {
    return (await this.#loaded()).downloadLog();
  }

  clearLog(): void {
    void this.#loaded().then((system) => system.clearLog());
  }

  #tell(task: Task): void {
    if (this.#system !== undefined) task(this.#system);
    else {
      if (this.#waiting.length < MOST_WAITING) this.#waiting.push(task);
      // What waits goes on waiting for a try that succeeds.
      void this.#tried();
    }
  }

  async #answer<T>(
    ask: (system: Gated) => Promise<Result<T, LearningSystemError>>,
  ): Promise<Result<T, LearningSystemError>> {
    const loaded = await this.#tried();
    return loaded.ok ? ask(loaded.value) : loaded;
  }

  async #tried(): Promise<Result<Gated, { readonly kind: 'unavailable'; readonly detail: string }>> {
    try {
      return ok(await this.#loaded());
    } catch (failure) {
      return err({ kind: 'unavailable', detail: String(failure) });
    }
  }

  #loaded(): Promise<Gated> {
    this.#loading ??= this.#load().then(
      (system) => this.#adopt(system),
      (failure) => {
        this.#loading = undefined;
        throw failure;
      },
    );
    return this.#loading;
  }

  #adopt(system: Gated): Gated {
    this.#system = system;
    for (const subscribe of this.#subscriptions) subscribe(system);
    this.#subscriptions.clear();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const task of waiting) task(system);
    if (this.#isEnded) system.end();
    return system;
  }
}
