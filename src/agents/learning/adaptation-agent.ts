import {
  type ActionDecision,
  ActionPolicy,
  type ActionQuestion,
  type PhraseTrust,
} from '../../adaptation/action-policy';
import type {
  AdaptationContext,
  AdaptationStrategy,
  DeviceCondition,
  LearntPreferences,
} from '../../adaptation/adaptation-strategy';
import {
  type Adaptation,
  type AdaptationError,
  type AdaptationRound,
  AdaptiveBehaviorManager,
} from '../../adaptation/adaptive-behavior-manager';
import { AskingStrategy } from '../../adaptation/asking-strategy';
import { ListeningStrategy } from '../../adaptation/listening-strategy';
import type { Observation } from '../../adaptation/measured-effect';
import { type PerformancePorts, PerformanceStrategy } from '../../adaptation/performance-strategy';
import { ResponseStyleStrategy } from '../../adaptation/response-style-strategy';
import type { SettingsPort } from '../../adaptation/settings-port';
import { StorageAndBatteryStrategy } from '../../adaptation/storage-and-battery-strategy';
import { UsageEvidence } from '../../adaptation/usage-evidence';
import { assert } from '../../core/assert';
import type { Clock } from '../../core/clock';
import type { ConcurrencyLimit } from '../../core/concurrency-limit';
import type { UserId } from '../../core/ids';
import { type Random, seededRandom } from '../../core/random';
import type { Result } from '../../core/result';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import type { LearnerLogger } from '../../learning/learner';
import type { LearningData } from '../../learning/learning-data';
import type { LearningSystemMetrics } from '../../metrics/learning-system-metrics';
import type { LearningStore } from '../../vault/learning-data/learning-store';
import type { RecordStore } from '../../vault/vault-types';
import { AdaptationMemory } from './adaptation-memory';
import { CORRECTION_DATA, INTERACTION_DATA } from './behaviour-patterns';
import { learningDataOf, type ObservedEvent } from './event-data';
import type { LearningEvents } from './learning-flows';
import { RecentHitRate } from './recent-hit-rate';

/** What the page shows of it. */
export interface AdaptationView {
  /** Newest first. */
  readonly adaptations: readonly Adaptation[];
  /** Settings that the person chose themself, and that adaptation leaves alone. */
  readonly keptSettings: readonly string[];
  /** How often what each phrase does was wanted, the least wanted first. */
  readonly phraseTrust: readonly PhraseTrust[];
}

interface Options {
  readonly clock: Clock;
  readonly logger: LearnerLogger;
  readonly metrics: LearningSystemMetrics;
  readonly events: LearningEvents;
  readonly factory: LearningEventFactory;
  readonly store: Pick<LearningStore, 'cacheReport' | 'retrieveLearningData'> &
    Pick<RecordStore, 'get' | 'write'>;
  readonly limit: ConcurrencyLimit;
  readonly ports: PerformancePorts;
  readonly settings: SettingsPort & {
    /** What the person had chosen before anything was adapted. */
    chosen(): readonly string[];
    takeAllOff(): void;
  };
  readonly backend: () => 'wasm' | 'webgl' | 'webgpu' | 'cpu' | undefined;
  readonly device: () => DeviceCondition;
  /** As far as they are known by now. */
  readonly preferences: () => LearntPreferences;
  readonly userId: () => UserId | undefined;
  readonly show: (view: AdaptationView) => void;
  readonly random?: Random;
}

/** A complaint, and a crowd of analyses, are forgotten after an hour. */
const REMEMBERED_MS = 3_600_000;
const MOST_COMPLAINTS = 100;
const MOST_OPERATIONS = 200;
const MOST_LOOKED = 200;
/** Records that the evidence is made anew from at opening: utterances, and what was said about them. */
const MOST_RECORDS = 800;
const NOTHING: AdaptationView = { adaptations: [], keptSettings: [], phraseTrust: [] };

/**
 * Watches how Echo is doing, lets strategies adapt it, measures what that did, and takes back what the person does not
 * want or what did not help. Decides as well whether an action is carried out at once.
 */
export class AdaptationAgent {
  readonly manager: AdaptiveBehaviorManager;
  readonly policy: ActionPolicy;
  readonly #options: Options;
  readonly #evidence = new UsageEvidence();
  readonly #memory: AdaptationMemory;
  /** Monotonic times, oldest first. */
  #complaints: number[] = [];
  readonly #hitRate = new RecentHitRate();
  /** The largest crowd of analyses, and when it was seen. */
  #peak = { load: 0, at: 0 };
  #operations: Observation[] = [];
  #looked: readonly string[] = [];
  #forgotten = new Map<string, number>();
  /** Settles when what the vault holds is known here; `false` while it is closed. */
  #opened: Promise<boolean> = Promise.resolve(false);
  #visit = 0;

  constructor(options: Options) {
    this.#options = options;
    const { clock, logger, ports, settings, backend, store } = options;
    this.#memory = new AdaptationMemory(store, clock);
    this.policy = new ActionPolicy(
      options.random ?? seededRandom(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1),
    );
    this.manager = new AdaptiveBehaviorManager({
      clock,
      newId: () => crypto.randomUUID(),
      onFailure: ({ strategy }) => logger.warn('a strategy failed', { strategy }),
      observations: (metric) =>
        metric === 'operation-seconds' ? this.#operations : this.#evidence.observations(metric),
    });
    const strategies: readonly AdaptationStrategy[] = [
      new PerformanceStrategy(ports),
      new ListeningStrategy(settings),
      new ResponseStyleStrategy(settings),
      new AskingStrategy(settings),
      new StorageAndBatteryStrategy({ settings, cache: ports.cache, backend }),
    ];
    for (const strategy of strategies) {
      const isRegistered = this.manager.registerStrategy(strategy).ok;
      assert(
        isRegistered && this.manager.enableStrategy(strategy.name).ok,
        'a strategy has a name of its own',
      );
    }
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
    this.#evidence.forget();
    this.#operations = [];
    this.#looked = [];
    this.#forgotten.clear();
    this.#options.settings.takeAllOff();
    this.#options.show(NOTHING);
  }

  /** Something was said, taken back or corrected. */
  async observe(event: ObservedEvent): Promise<void> {
    const isUndo = event.type === 'user-interaction' && event.payload.interactionType === 'undo';
    if (event.type === 'correction-received' || isUndo)
      this.#complaints = [...this.#complaints, this.#options.clock.monotonic()].slice(-MOST_COMPLAINTS);
    if (!(await this.#opened)) return;
    this.#evidence.add(learningDataOf(event));
    this.#learn(false);
    await this.#review();
  }

  /** One operation of the learning system ended. */
  operationTook(seconds: number): void {
    this.#operations = [...this.#operations, { at: this.#options.clock.now(), value: seconds }].slice(
      -MOST_OPERATIONS,
    );
  }

  /** The person wanted to know why. */
  lookedCloser(utteranceId: string): void {
    if (this.#looked.includes(utteranceId)) return;
    this.#looked = [...this.#looked, utteranceId].slice(-MOST_LOOKED);
    void this.#keep();
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
    for (const round of rounds) this.#tellApplied(id, round);
  }

  async revert(id: string): Promise<Result<void, AdaptationError>> {
    const reverted = await this.manager.revert(id);
    await this.#keep();
    if (reverted.ok) this.#tellEnded(this.manager.adaptations.filter((each) => each.id === id));
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
    this.#forgotten.set(phraseId, this.#options.clock.now());
    this.policy.forgetPhrase(phraseId);
    await this.#keep();
  }

  /** Everything that was observed was forgotten. What is in force stays, and can be taken back. */
  async forgetEvidence(): Promise<void> {
    this.#evidence.forget();
    this.policy.forget();
    this.#operations = [];
    this.#looked = [];
    this.#forgotten.clear();
    await this.#keep();
  }

  async #open(visit: number): Promise<boolean> {
    const { settings, logger } = this.#options;
    const [memory, records] = await Promise.all([this.#memory.load(), this.#newestRecords()]);
    if (visit !== this.#visit) return false;
    if (!memory.ok) {
      // Without what is kept nothing is changed: it would be written over.
      logger.warn('adaptation could not be read', { error: memory.error.kind });
      return false;
    }
    // What was said about an utterance may bear the same time: the utterances come first.
    const isAbout = ({ content, dataType }: LearningData): boolean =>
      dataType === CORRECTION_DATA || content['interactionType'] === 'undo';
    for (const record of records.filter((each) => !isAbout(each))) this.#evidence.add(record);
    for (const record of records.filter(isAbout)) this.#evidence.add(record);
    if (memory.value !== undefined) {
      this.#looked = memory.value.looked;
      this.#forgotten = new Map(memory.value.forgotten);
      this.#operations = memory.value.operations;
      await this.manager.restore(memory.value.ledger);
    } else for (const setting of settings.chosen()) this.manager.keep(setting);
    if (visit !== this.#visit) return false;
    this.#learn(false);
    this.#tellEnded(await this.manager.review());
    if (visit !== this.#visit) return false;
    this.#show();
    return true;
  }

  /** Oldest first. */
  async #newestRecords(): Promise<readonly LearningData[]> {
    const userId = this.#options.userId();
    if (userId === undefined) return [];
    const page = await this.#options.store.retrieveLearningData({
      userId,
      dataTypes: [INTERACTION_DATA, CORRECTION_DATA],
      limit: MOST_RECORDS,
      order: 'newest-first',
    });
    return page.ok ? page.value.rows.toReversed() : [];
  }

  #learn(isLastOver: boolean): void {
    for (const feedback of this.#evidence.takeFeedback(isLastOver, this.#forgotten))
      this.policy.learn(feedback);
  }

  async #review(): Promise<void> {
    const judged = await this.manager.review();
    await this.#keep();
    this.#tellEnded(judged);
  }

  /** Shows it, and has the vault keep it. */
  async #keep(): Promise<void> {
    this.#show();
    if (!(await this.#opened)) return;
    const kept = await this.#memory.save({
      ledger: this.manager.snapshot(),
      looked: [...this.#looked],
      forgotten: [...this.#forgotten],
      operations: [...this.#operations],
    });
    if (!kept.ok && kept.error.kind !== 'locked')
      this.#options.logger.warn('adaptation was not kept', { error: kept.error.kind });
  }

  #show(): void {
    const { adaptations, kept } = this.manager;
    this.#options.show({ adaptations, keptSettings: kept, phraseTrust: this.policy.trusts });
  }

  #tellApplied(userId: UserId, { strategy, type, applied, failed, totalImpact }: AdaptationRound): void {
    const { events, factory } = this.#options;
    const actions = applied.map(({ action: { kind, before, after } }) => ({ kind, before, after }));
    void events.emit(
      factory.createAdaptationAppliedEvent({
        userId,
        strategy,
        adaptationType: type,
        applied: applied.length,
        failed: failed.length,
        totalImpact,
        detail: { actions },
      }),
    );
  }

  #tellEnded(ended: readonly Adaptation[]): void {
    const { events, factory, userId } = this.#options;
    const id = userId();
    if (id === undefined) return;
    for (const { strategy, action, state } of ended) {
      if (state.kind !== 'reverted') continue;
      const payload = { userId: id, strategy, action: action.kind, by: state.by };
      void events.emit(factory.createAdaptationEndedEvent(payload));
    }
  }

  async #context(): Promise<AdaptationContext> {
    const { metrics, clock, store, device, preferences } = this.#options;
    const { averageDurationMs, errorRate } = metrics.recent.rates();
    const cacheHitRate = this.#hitRate.read(await store.cacheReport());
    const recentFrom = clock.monotonic() - REMEMBERED_MS;
    return {
      performance: {
        concurrentRequests: this.#recentPeak(recentFrom),
        ...(averageDurationMs === undefined ? {} : { averageResponseSeconds: averageDurationMs / 1_000 }),
        ...(errorRate === undefined ? {} : { errorRate }),
        ...(cacheHitRate === undefined ? {} : { cacheHitRate }),
      },
      userComplaints: this.#complaints.filter((at) => at >= recentFrom).length,
      use: this.#evidence.recentUse(new Set(this.#looked)),
      device: device(),
      preferences: preferences(),
    };
  }

  /** A round in which nobody complains must not use up what one with a complaint has to know. */
  #recentPeak(recentFrom: number): number {
    const { limit, clock } = this.#options;
    const load = limit.takePeak();
    if (load >= this.#peak.load || this.#peak.at < recentFrom) this.#peak = { load, at: clock.monotonic() };
    return this.#peak.load;
  }
}
