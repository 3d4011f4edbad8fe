import type { ActionDecision, ActionQuestion } from '../../adaptation/action-policy';
import type { Adaptation, AdaptationError } from '../../adaptation/adaptive-behavior-manager';
import type { ConfigManager } from '../../config/config-manager';
import type { PlainStorage } from '../../config/stored-json';
import type { PhraseId, UserId, UtteranceId } from '../../core/ids';
import type { JsonObject, JsonValue } from '../../core/json';
import { err, type Result } from '../../core/result';
import { handlerOf } from '../../events/event-handler';
import { learningEventTypes } from '../../events/event-payloads';
import { EventSystem } from '../../events/event-system';
import type { LearningEvent, LearningEventMap } from '../../events/learning-event';
import { LearningEventFactory } from '../../events/learning-event-factory';
import type { Prediction } from '../../learning/learner';
import type { LearningData } from '../../learning/learning-data';
import type { DebugView } from '../../metrics/learning-debugger';
import type { OperationStatus, OperationType } from '../../metrics/learning-system-metrics';
import type { MemoryReport } from '../../metrics/memory-report';
import type { AdaptedSettings } from '../adapted-settings';
import type { Engine } from '../engine';
import type { Report } from '../talk/interaction-reporter';
import { plainVault } from '../vault/vault-space';
import { AdaptationAgent } from './adaptation-agent';
import { AnalysisSchedule } from './analysis-schedule';
import { BehaviourLine } from './behaviour-line';
import type { BehaviorPatterns } from './behaviour-patterns';
import { batteryOf, DeviceWatch } from './device-watch';
import { HabitAgent } from './habit-agent';
import { type LearnerInsights, LearningAgent } from './learning-agent';
import { type LearningEvents, registerLearningFlows } from './learning-flows';
import type { LearningSystemError } from './learning-system-error';
import { applyCacheSettings, performancePorts } from './performance-ports';
import { SystemMonitor } from './system-monitor';
import type { UsageHistory } from './usage-history';

interface Options {
  readonly engine: Engine;
  readonly config: ConfigManager;
  readonly storage: PlainStorage;
  readonly behaviourWorker: string;
  /** One a visit: what was done in it belongs together. */
  readonly sessionId: string;
  /** Of the profile in the open vault. */
  readonly userId: () => UserId | undefined;
  /** The person's settings, and what is adapted over them. */
  readonly settings: AdaptedSettings;
}

/** Everything on the page that learns from what a person does, put together. */
export class LearningSystem {
  readonly events: LearningEvents;
  readonly agent: LearningAgent;
  readonly adaptation: AdaptationAgent;
  readonly habits: HabitAgent;
  readonly #options: Options;
  readonly #factory: LearningEventFactory;
  readonly #monitor: SystemMonitor;
  readonly #behaviour: BehaviourLine;
  readonly #schedule: AnalysisSchedule;
  readonly #device: DeviceWatch;
  readonly #forgetRecent: () => void;

  constructor(options: Options) {
    this.#options = options;
    const { engine, config, storage, userId, sessionId } = options;
    const { store, clock } = engine;
    const vault = plainVault(engine.vault);
    this.#factory = new LearningEventFactory('page', clock);
    this.#monitor = new SystemMonitor({
      engine,
      config,
      storage,
      factory: this.#factory,
      emit: (event) => this.#emit(event),
      learners: () => this.#states(),
      isRunning: () => this.#behaviour.isRunning,
      analyse: (id) => this.agent.analyzeUserBehaviorPatterns(id),
    });
    const { logger, metrics } = this.#monitor;
    this.events = new EventSystem<LearningEventMap, 'handler-failed'>({
      failureType: 'handler-failed',
      createFailureEvent: (failure) => this.#factory.createHandlerFailedEvent(failure),
      onUnreportedFailure: ({ reason }) => logger.error('a handler failed', { reason }),
    });
    this.events.register(
      'handler-failed',
      handlerOf('log-failures', ({ payload: { handler, eventType, reason } }) =>
        logger.warn('a handler failed', { handler, eventType, reason }),
      ),
    );
    this.#behaviour = new BehaviourLine({
      url: options.behaviourWorker,
      vault: engine.vault,
      events: this.events,
      logger,
      onReport: (report) => {
        if (report.kind === 'log') this.#monitor.receive(report.entry);
        else if (report.kind === 'text-model') store.set({ textModel: report.status });
        else this.#record(report.type, report.durationSeconds, report.status);
      },
      opening: () => {
        const id = userId();
        const learners = config.get('learning.learners') as JsonObject;
        const { learnerOrigins, textModel } = store.state.policy;
        if (id === undefined) return undefined;
        const folder =
          textModel === undefined ? {} : { textModel: new URL(textModel, document.baseURI).href };
        return { userId: id, sessionId, learners, learnerOrigins, ...folder };
      },
    });
    this.agent = new LearningAgent({
      store: vault,
      clock,
      learnerInsights: () => this.#learnerInsights(),
      record: (operation, durationMs, status) => this.#record(operation, durationMs / 1_000, status),
      maxConcurrency: config.get('performance.maxConcurrency'),
    });
    const { limit } = this.agent;
    this.#device = new DeviceWatch({
      getBattery: batteryOf(navigator),
      training: () => store.state.settings.compute.training,
      isBusy: () => store.state.listening.kind !== 'off',
      hold: (isHeld) => void engine.speech.holdTraining(isHeld),
    });
    this.adaptation = new AdaptationAgent({
      clock,
      logger,
      metrics,
      events: this.events,
      factory: this.#factory,
      store: vault,
      limit,
      ports: performancePorts({ config, store: vault, limit }),
      settings: options.settings,
      backend: () => (store.state.backend.kind === 'ready' ? store.state.backend.backend : undefined),
      device: () => ({ ...this.#device.condition, ...fullness(store.state.memory) }),
      preferences: () => this.habits.preferences,
      userId,
      show: (view) => store.set(view),
    });
    this.habits = new HabitAgent({ engine, behaviour: this.#behaviour, userId, sessionId });
    this.#schedule = new AnalysisSchedule({
      analyse: () => this.#showPatterns(),
      everyMs: () => (config.get('learning.fastIntervals') ? 1_000 : 60_000),
    });
    this.#forgetRecent = registerLearningFlows({
      events: this.events,
      factory: this.#factory,
      store: vault,
      behaviour: this.#behaviour,
      analyse: () => this.#schedule.ask(),
      insights: () => this.agent.getLearningInsights(),
      adapt: () => this.adaptation.adapt(),
    }).forget;
    this.#follow();
  }

  /** The vault was opened and the profile in it is known. */
  open(): void {
    void this.#device.start();
    void this.adaptation.open().then(() => this.adaptation.adapt());
    void applyCacheSettings({
      config: this.#options.config,
      store: plainVault(this.#options.engine.vault),
      limit: this.agent.limit,
    });
    this.#monitor.start();
    this.habits.open();
    const { vault } = this.#options.engine.store.state;
    if (vault.kind === 'open')
      this.#emit(this.#factory.createVaultOpenedEvent({ protection: vault.protection }));
  }

  /** The vault was locked: the worker ends, and nothing learnt stays in memory. */
  close(): void {
    this.habits.close();
    this.#device.stop();
    this.adaptation.close();
    this.#behaviour.close();
    this.#schedule.cancel();
    this.#monitor.stop();
    this.#forgetRecent();
    this.#options.engine.store.set({ patterns: undefined, insights: [] });
    this.#emit(this.#factory.createVaultLockedEvent({ reason: 'closed' }));
  }

  /** The page goes away. */
  end(): void {
    this.#device.stop();
    this.#behaviour.close();
    this.#schedule.cancel();
    this.#monitor.stop();
    this.#monitor.flush();
    void this.events.close();
  }

  /** The person did something with Echo; when it is told may be later than it was. */
  report(report: Report): void {
    const { clock } = this.#options.engine;
    const factory = new LearningEventFactory('conversation', { ...clock, now: () => report.at });
    this.#emit(
      report.type === 'user-interaction'
        ? factory.createUserInteractionEvent(report.payload)
        : factory.createCorrectionReceivedEvent(report.payload),
    );
  }

  /** What one learner expects, by its name in the configuration. */
  predict(learner: string, input: JsonObject): Promise<Result<Prediction, LearningSystemError>> {
    return this.#behaviour.predict(learner, input);
  }

  /** Something to learn from that no event may carry: it holds the person's own words. */
  async learn(data: LearningData): Promise<Result<void, LearningSystemError>> {
    const stored = await plainVault(this.#options.engine.vault).storeLearningData([data]);
    return stored.ok ? this.#behaviour.observe([data]) : stored;
  }

  /** Every event as it happens, for the developer screen. Returns a function that ends it. */
  onEvent(listener: (event: LearningEvent) => void): () => void {
    const handler = handlerOf<LearningEvent>(`watcher-${crypto.randomUUID()}`, listener);
    return this.events.register(learningEventTypes, handler);
  }

  async debugView(signal?: AbortSignal): Promise<Result<DebugView, LearningSystemError>> {
    const id = this.#options.userId();
    return id === undefined ? err({ kind: 'no-profile' }) : this.#monitor.debugView(id, signal);
  }

  exportDebugInfo(): Promise<Blob> {
    return this.#monitor.exportDebugInfo();
  }

  metricsText(): Promise<string> {
    return this.#monitor.metricsText();
  }

  downloadLog(): Blob {
    return this.#monitor.downloadLog();
  }

  clearLog(): void {
    this.#monitor.clearLog();
  }

  async patterns(signal?: AbortSignal): Promise<Result<BehaviorPatterns, LearningSystemError>> {
    const id = this.#options.userId();
    return id === undefined
      ? err({ kind: 'no-profile' })
      : this.agent.analyzeUserBehaviorPatterns(id, signal);
  }

  insights(): Promise<readonly LearnerInsights[]> {
    return this.agent.getLearningInsights();
  }

  /** All that was observed, and all that was learnt from it. Answers with how many records there were. */
  async forgetLearningData(): Promise<Result<number, LearningSystemError>> {
    const id = this.#options.userId();
    if (id === undefined) return err({ kind: 'no-profile' });
    const { engine } = this.#options;
    // What is being learnt from ends first, so that nothing of it is learnt after it is forgotten.
    const forgotten = await this.#behaviour.forget();
    if (!forgotten.ok) return forgotten;
    const records = await engine.vault.forgetLearningData({ userId: id });
    if (!records.ok) return records;
    this.#forgetRecent();
    await this.adaptation.forgetEvidence();
    engine.store.set({ patterns: undefined, insights: [] });
    void this.habits.refresh();
    this.#emit(
      this.#factory.createDataForgottenEvent({ userId: id, records: records.value, reason: 'asked' }),
    );
    await this.#schedule.ask();
    return records;
  }

  refreshMemory(): Promise<void> {
    return this.#monitor.refreshMemory();
  }

  revertAdaptation(id: Adaptation['id']): Promise<Result<void, AdaptationError>> {
    return this.adaptation.revert(id);
  }

  /** The person changed settings, or a value of the configuration: dotted paths. */
  chose(paths: readonly string[]): void {
    void this.adaptation.chose(paths);
    this.#device.look();
  }

  allowAdaptation(setting: string): Promise<void> {
    return this.adaptation.allow(setting);
  }

  forgetTrust(phraseId: PhraseId): Promise<void> {
    return this.adaptation.forgetTrust(phraseId);
  }

  lookedCloser(id: UtteranceId): void {
    this.adaptation.lookedCloser(id);
  }

  decide(question: ActionQuestion): Promise<ActionDecision> {
    return this.adaptation.decide(question);
  }

  async usage(signal?: AbortSignal): Promise<Result<UsageHistory, LearningSystemError>> {
    const id = this.#options.userId();
    return id === undefined ? err({ kind: 'no-profile' }) : this.agent.usageHistory(id, signal);
  }

  #emit(event: LearningEvent): void {
    void this.events.emit(event);
  }

  #follow(): void {
    const { config, engine } = this.#options;
    this.events.register(
      ['user-interaction', 'correction-received'],
      handlerOf('judge-adaptations', (event) => this.adaptation.observe(event)),
    );
    this.events.register(
      'learning-completed',
      handlerOf('put-habits-to-use', () => this.habits.refresh()),
      { filter: ({ payload }) => payload.success && payload.learnerId === 'next-action' },
    );
    this.events.register(
      'user-interaction',
      handlerOf('learn-preferences', ({ payload }) => this.habits.followed(payload)),
    );
    config.onChange(({ path, before, after }) => {
      this.#emit(this.#factory.createConfigChangedEvent({ path, ...tellable(path, before, after) }));
      if (path.startsWith('learning.learners')) this.#behaviour.close();
      if (path === 'performance.maxConcurrency')
        this.agent.limit.resize(config.get('performance.maxConcurrency'));
      if (path.startsWith('learning.dataManager.cache') && engine.store.state.vault.kind === 'open')
        void applyCacheSettings({ config, store: plainVault(engine.vault), limit: this.agent.limit });
      this.#monitor.adopt();
    });
  }

  #record(type: OperationType, durationSeconds: number, status: OperationStatus): void {
    this.#monitor.record(type, durationSeconds, status);
    if (status === 'success') this.adaptation.operationTook(durationSeconds);
  }

  async #states() {
    const states = await this.#behaviour.states();
    return states.ok ? states.value : [];
  }

  async #learnerInsights(): Promise<readonly LearnerInsights[]> {
    const insights = (await this.#states()).map(({ learnerId, learnerType, insights: known }) => ({
      learnerId,
      learnerType,
      insights: known,
    }));
    if (this.#options.userId() !== undefined) this.#options.engine.store.set({ insights });
    return insights;
  }

  async #showPatterns(): Promise<void> {
    const found = await this.patterns();
    if (found.ok && this.#options.userId() !== undefined)
      this.#options.engine.store.set({ patterns: found.value });
    else if (!found.ok && found.error.kind !== 'no-profile')
      throw new Error(`not analysed: ${found.error.kind}`);
  }
}

/** Settings of learners may hold the key of a service: that they changed is told, not to what. */
function tellable(
  path: string,
  before: JsonValue,
  after: JsonValue,
): { before: JsonValue; after: JsonValue } {
  return /^learning(?:\.learners|$)/.test(path) ? { before: null, after: null } : { before, after };
}

/** How full the storage is, where the browser tells. */
function fullness(memory: MemoryReport | undefined): { readonly fullness?: number } {
  const storage = memory?.storage;
  return storage === undefined || storage.quotaBytes === 0
    ? {}
    : { fullness: storage.usedBytes / storage.quotaBytes };
}
