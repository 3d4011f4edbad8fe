import type { ConfigManager } from '../../config/config-manager';
import type { Configuration } from '../../config/configuration';
import { intervalsOf } from '../../config/intervals';
import type { LearningEvent } from '../../events/learning-event';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import { type Alert, AlertMonitor } from '../../metrics/alert-monitor';
import { browserHeapBytes, browserStorageUse } from '../../metrics/browser-memory';
import { learningAlertRules } from '../../metrics/learning-alerts';
import type { LearningSystemMetrics } from '../../metrics/learning-system-metrics';
import { type MemoryReport, measureMemory } from '../../metrics/memory-report';
import type { LearnerState } from '../../metrics/monitored-learner';
import type { Engine } from '../engine';

interface Options {
  readonly engine: Engine;
  readonly config: ConfigManager;
  readonly metrics: LearningSystemMetrics;
  readonly factory: LearningEventFactory;
  readonly emit: (event: LearningEvent) => void;
  readonly logBytes: () => number;
  readonly learners: () => Promise<readonly LearnerState[]>;
}

/** What each alert is about, as the metrics call it. */
const METRICS: Readonly<Record<string, string>> = {
  'learning-fails': 'learning_operations_total',
  'learning-is-slow': 'learning_duration_seconds',
  'memory-is-short': 'memory_usage_bytes',
};
/** So far beyond its threshold that it is no longer only a warning. */
const CRITICAL_FACTOR = 1.5;

/** Measures memory and learners at intervals while the vault is open, and raises and clears alerts. */
export class HealthAgent {
  readonly #options: Options;
  #monitor: AlertMonitor;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#monitor = this.#newMonitor(options.config.configuration);
  }

  get active(): readonly Alert[] {
    return this.#monitor.active;
  }

  start(everyMs: number): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.check(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Other thresholds, or another interval. */
  adopt(configuration: Configuration): void {
    this.#monitor = this.#newMonitor(configuration);
    this.#options.engine.store.set({ alerts: [] });
    if (this.#timer !== undefined) this.start(intervalsOf(configuration).healthCheckMs);
  }

  /** Measures, brings the gauges up to date and looks at every alert. */
  async check(): Promise<void> {
    const { engine, metrics, learners } = this.#options;
    const [memory, states] = await Promise.all([this.measure(), learners()]);
    metrics.updateSystemMetrics(states.filter(({ isInitialized }) => isInitialized).length, memory.usedBytes);
    this.#monitor.evaluate();
    engine.store.set({ memory });
  }

  measure(): Promise<MemoryReport> {
    const { engine, logBytes } = this.#options;
    return measureMemory({
      heapBytes: () => browserHeapBytes(),
      storage: () => browserStorageUse(),
      tensors: () => engine.speech.tensorMemory(),
      logBytes,
      cache: async () => {
        const { entries, capacity, hitRate } = await engine.vault.cacheReport();
        return { entries, capacity, hitRate };
      },
    });
  }

  #newMonitor(configuration: Configuration): AlertMonitor {
    const { engine, metrics, factory, emit } = this.#options;
    return new AlertMonitor(learningAlertRules(configuration, metrics), engine.clock, (alert) => {
      engine.store.set({ alerts: this.#monitor.active });
      const { name, state, value, threshold } = alert;
      const payload = {
        alert: name,
        metric: METRICS[name] ?? name,
        value,
        threshold,
        severity: value > threshold * CRITICAL_FACTOR ? ('critical' as const) : ('warning' as const),
      };
      emit(
        state === 'raised'
          ? factory.createAlertRaisedEvent(payload)
          : factory.createAlertClearedEvent(payload),
      );
    });
  }
}
