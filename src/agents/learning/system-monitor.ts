import type { ConfigManager } from '../../config/config-manager';
import { intervalsOf } from '../../config/intervals';
import type { PlainStorage } from '../../config/stored-json';
import type { UserId } from '../../core/ids';
import { isJsonObject, type JsonObject } from '../../core/json';
import { ok, type Result } from '../../core/result';
import type { LearningEvent } from '../../events/learning-event';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import type { LearnerLogger } from '../../learning/learner';
import { type DebugView, LearningDebugger } from '../../metrics/learning-debugger';
import {
  LearningSystemMetrics,
  type OperationStatus,
  type OperationType,
} from '../../metrics/learning-system-metrics';
import type { LogEntry } from '../../metrics/logging/log-entry';
import { OpenLog } from '../../metrics/logging/open-log';
import type { LearnerState } from '../../metrics/monitored-learner';
import type { Engine } from '../engine';
import { plainVault } from '../vault/vault-space';
import type { BehaviorPatterns } from './behaviour-patterns';
import { HealthAgent } from './health-agent';
import type { LearningSystemError } from './learning-system-error';

interface Options {
  readonly engine: Engine;
  readonly config: ConfigManager;
  readonly storage: PlainStorage;
  readonly factory: LearningEventFactory;
  readonly emit: (event: LearningEvent) => void;
  /** Every learner as it is; starts the worker where it does not run. */
  readonly learners: () => Promise<readonly LearnerState[]>;
  readonly isRunning: () => boolean;
  readonly analyse: (userId: UserId) => Promise<Result<BehaviorPatterns, LearningSystemError>>;
}

/** How the learning system itself is doing: its log, its figures, its alerts, and what the developer screen shows. */
export class SystemMonitor {
  readonly metrics: LearningSystemMetrics;
  readonly #config: ConfigManager;
  readonly #log: OpenLog;
  readonly #health: HealthAgent;
  readonly #debugger: LearningDebugger;

  constructor({ engine, config, storage, factory, emit, learners, isRunning, analyse }: Options) {
    const { clock } = engine;
    this.#config = config;
    this.#log = new OpenLog({
      configuration: config.configuration,
      storage,
      clock,
      ownWords: ['pattern', 'text-intent', 'rest'],
    });
    this.metrics = new LearningSystemMetrics(clock);
    this.#health = new HealthAgent({
      engine,
      config,
      metrics: this.metrics,
      factory,
      emit,
      logBytes: () => this.#log.file.report().bytes,
      // Looking at it is no reason to start it.
      learners: async () => (isRunning() ? learners() : []),
    });
    this.#debugger = new LearningDebugger({
      sources: {
        data: plainVault(engine.vault),
        learners,
        analyse: async (id) => {
          const analysed = await analyse(id);
          return analysed.ok ? ok(plainPatterns(analysed.value)) : analysed;
        },
        memory: () => this.#health.measure(),
        alerts: () => this.#health.active,
      },
      metrics: this.metrics,
      clock,
    });
  }

  get logger(): LearnerLogger {
    return this.#log.logger.component('learning');
  }

  /** Looks at memory and alerts at intervals from now on. */
  start(): void {
    this.#health.start(intervalsOf(this.#config.configuration).healthCheckMs);
  }

  stop(): void {
    this.#health.stop();
  }

  /** The configuration changed. */
  adopt(): void {
    this.#log.adopt(this.#config.configuration);
    this.#health.adopt(this.#config.configuration);
  }

  /** A line of the log of a worker. */
  receive(entry: LogEntry): void {
    this.#log.logger.receive(entry);
  }

  record(type: OperationType, durationSeconds: number, status: OperationStatus): void {
    this.metrics.recordLearningOperation(type, durationSeconds, status);
  }

  refreshMemory(): Promise<void> {
    return this.#health.check();
  }

  debugView(userId: UserId, signal?: AbortSignal): Promise<Result<DebugView, LearningSystemError>> {
    return this.#debugger.debugView(userId, signal);
  }

  async exportDebugInfo(): Promise<Blob> {
    const info = await this.#debugger.exportDebugInfo();
    return new Blob([JSON.stringify(info, undefined, 2)], { type: 'application/json' });
  }

  async metricsText(): Promise<string> {
    await this.#health.check();
    return this.metrics.registry.expose();
  }

  downloadLog(): Blob {
    this.flush();
    return this.#log.file.blob();
  }

  clearLog(): void {
    this.#log.file.clear();
  }

  /** Nothing that was logged waits in memory. */
  flush(): void {
    this.#log.logger.flush();
  }
}

/** What is not known is left out: JSON has no word for it. */
function plainPatterns(patterns: BehaviorPatterns): JsonObject {
  const plain: unknown = JSON.parse(JSON.stringify(patterns));
  return isJsonObject(plain) ? plain : {};
}
