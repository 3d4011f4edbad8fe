import {
  type ActionDecision,
  ActionPolicy,
  type ActionQuestion,
  type PhraseTrust,
} from '../../adaptation/action-policy';
import type {
  AdaptationContext,
  DeviceCondition,
  LearntPreferences,
} from '../../adaptation/adaptation-strategy';
import type {
  Adaptation,
  AdaptationError,
  AdaptiveBehaviorManager,
} from '../../adaptation/adaptive-behavior-manager';
import type { SettingsPort } from '../../adaptation/settings-port';
import type { ConcurrencyLimit } from '../../core/concurrency-limit';
import type { UserId } from '../../core/ids';
import { type Random, seededRandom } from '../../core/random';
import type { Result } from '../../core/result';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import type { LearningSystemMetrics } from '../../metrics/learning-system-metrics';
import type { LearningStore } from '../../vault/learning-data/learning-store';
import type { RecordStore } from '../../vault/vault-types';
import { AdaptationMemory } from './adaptation-memory';
import { AdaptationReporter } from './adaptation-reporter';
import { type AdaptationPorts, createAdaptationManager } from './create-adaptation-manager';
import type { ObservedEvent } from './event-data';
import type { LearningEvents } from './learning-flows';
import { PerformanceEvidence } from './performance-evidence';
import { newestUse, RememberedUse } from './remembered-use';

/** What the page shows of it. */
export interface AdaptationView {
  /** Newest first. */
  readonly adaptations: readonly Adaptation[];
  /** Settings that the person chose themself, and that adaptation leaves alone. */
  readonly keptSettings: readonly string[];
  /** How often what each phrase does was wanted, the least wanted first. */
  readonly phraseTrust: readonly PhraseTrust[];
}

interface Options extends AdaptationPorts {
  readonly metrics: LearningSystemMetrics;
  readonly events: LearningEvents;
  readonly factory: LearningEventFactory;
  readonly store: Pick<LearningStore, 'cacheReport' | 'retrieveLearningData'> &
    Pick<RecordStore, 'get' | 'write'>;
  readonly limit: ConcurrencyLimit;
  readonly settings: SettingsPort & {
    /** What the person had chosen before anything was adapted. */
    chosen(): readonly string[];
    takeAllOff(): void;
  };
  readonly device: () => DeviceCondition;
  /** As far as they are known by now. */
  readonly preferences: () => LearntPreferences;
  readonly userId: () => UserId | undefined;
  readonly show: (view: AdaptationView) => void;
  readonly random?: Random;
}

const NOTHING: AdaptationView = { adaptations: [], keptSettings: [], phraseTrust: [] };

/**
 * Watches how Echo is doing, lets strategies adapt it, measures what that did, and takes back what the person does not
 * want or what did not help. Decides as well whether an action is carried out at once.
 */
export class AdaptationAgent {
  readonly manager: AdaptiveBehaviorManager;
  readonly policy: ActionPolicy;
  readonly #options: Options;
  readonly #memory: AdaptationMemory;
  readonly #performance: PerformanceEvidence;
  readonly #use = new RememberedUse();
  readonly #reporter: AdaptationReporter;
  /** Settles when what the vault holds is known here; `false` while it is closed. */
  #opened: Promise<boolean> = Promise.resolve(false);
  #visit = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#memory = new AdaptationMemory(options.store, options.clock);
    this.#performance = new PerformanceEvidence(options);
    this.#reporter = new AdaptationReporter(options);
    this.policy = new ActionPolicy(
      options.random ?? seededRandom(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1),
    );
    this.manager = createAdaptationManager(options, (metric) =>
      metric === 'operation-seconds' ? this.#performance.operations : this.#use.observations(metric),
    );
  }

  /** The vault was opened: goes on from where the last visit ended. */
  open(): Promise<boolean> {
    this.#visit += 1;
    this.#opened = this.#open(this.#visit);
    return this.#opened;
  }

  /** The vault was closed: nothing learnt stays in memory, and the settings are the person's own again. */
  close(): void {
    this.#visit += 1;
    this.#opened = Promise.resolve(false);
    this.manager.clear();
    this.policy.forget();
    this.#use.forget();
    this.#performance.forgetOperations();
    this.#options.settings.takeAllOff();
    this.#options.show(NOTHING);
  }

  /** Something was said, taken back or corrected. */
  async observe(event: ObservedEvent): Promise<void> {
    const isUndo = event.type === 'user-interaction' && event.payload.interactionType === 'undo';
    if (event.type === 'correction-received' || isUndo) this.#performance.complained();
    if (!(await this.#opened)) return;
    this.#use.add(event);
    this.#learn(false);
    await this.#review();
  }

  /** One operation of the learning system ended. */
  operationTook(seconds: number): void {
    this.#performance.operationTook(seconds);
  }

  /** The person wanted to know why. */
  lookedCloser(utteranceId: string): void {
    if (this.#use.lookedCloser(utteranceId)) void this.#keep();
  }

  /** Whether to carry out an action at once, to ask, or to leave a moment to stop it. */
  async decide(question: ActionQuestion): Promise<ActionDecision> {
    // What the last utterance came to is known by now: another one was said.
    if (await this.#opened) this.#learn(true);
    return this.policy.decide(question);
  }

  /** One round of all strategies. */
  async adapt(): Promise<void> {
    if (!(await this.#opened)) return;
    const { metrics, clock, userId } = this.#options;
    const startedAt = clock.monotonic();
    const rounds = await this.manager.adapt(await this.#context());
    const id = userId();
    if (rounds.length === 0 || id === undefined) return;
    metrics.recordLearningOperation('adapt', (clock.monotonic() - startedAt) / 1_000, 'success');
    await this.#keep();
    for (const round of rounds) this.#reporter.applied(id, round);
  }

  async revert(id: string): Promise<Result<void, AdaptationError>> {
    const reverted = await this.manager.revert(id);
    await this.#keep();
    if (reverted.ok) this.#reporter.ended(this.manager.adaptations.filter((each) => each.id === id));
    return reverted;
  }

  /** The person chose these settings themself. */
  async chose(settings: readonly string[]): Promise<void> {
    if (!(await this.#opened)) return;
    for (const setting of settings) this.manager.keep(setting);
    await this.#keep();
  }

  /** The person lets Echo adapt a setting again. */
  async allow(setting: string): Promise<void> {
    if (!(await this.#opened)) return;
    this.manager.release(setting);
    await this.#keep();
  }

  /** Knows nothing any more of whether what a phrase does was wanted. */
  async forgetTrust(phraseId: string): Promise<void> {
    if (!(await this.#opened)) return;
    this.#use.forgetPhrase(phraseId, this.#options.clock.now());
    this.policy.forgetPhrase(phraseId);
    await this.#keep();
  }

  /** Everything that was observed was forgotten. What is in force stays, and can be taken back. */
  async forgetEvidence(): Promise<void> {
    this.#use.forget();
    this.policy.forget();
    this.#performance.forgetOperations();
    await this.#keep();
  }

  async #open(visit: number): Promise<boolean> {
    const { settings, logger, store, userId } = this.#options;
    const id = userId();
    const [memory, records] = await Promise.all([
      this.#memory.load(),
      id === undefined ? [] : newestUse(store, id),
    ]);
    if (visit !== this.#visit) return false;
    if (!memory.ok) {
      // Without what is kept nothing is changed: it would be written over.
      logger.warn('adaptation could not be read', { error: memory.error.kind });
      return false;
    }
    this.#use.recall(records, memory.value);
    if (memory.value !== undefined) {
      this.#performance.recallOperations(memory.value.operations);
      await this.manager.restore(memory.value.ledger);
    } else for (const setting of settings.chosen()) this.manager.keep(setting);
    if (visit !== this.#visit) return false;
    this.#learn(false);
    this.#reporter.ended(await this.manager.review());
    if (visit !== this.#visit) return false;
    this.#show();
    return true;
  }

  #learn(isLastOver: boolean): void {
    for (const feedback of this.#use.takeFeedback(isLastOver)) this.policy.learn(feedback);
  }

  async #review(): Promise<void> {
    const judged = await this.manager.review();
    await this.#keep();
    this.#reporter.ended(judged);
  }

  /** Shows it, and has the vault keep it. */
  async #keep(): Promise<void> {
    this.#show();
    if (!(await this.#opened)) return;
    const kept = await this.#memory.save({
      ledger: this.manager.snapshot(),
      ...this.#use.remembered,
      operations: [...this.#performance.operations],
    });
    if (!kept.ok && kept.error.kind !== 'locked')
      this.#options.logger.warn('adaptation was not kept', { error: kept.error.kind });
  }

  #show(): void {
    const { adaptations, kept } = this.manager;
    this.#options.show({ adaptations, keptSettings: kept, phraseTrust: this.policy.trusts });
  }

  async #context(): Promise<AdaptationContext> {
    const { device, preferences } = this.#options;
    return {
      ...(await this.#performance.read()),
      use: this.#use.recentUse(),
      device: device(),
      preferences: preferences(),
    };
  }
}
