import type { AdaptationContext } from '../../adaptation/adaptation-strategy';
import {
  type Adaptation,
  type AdaptationError,
  AdaptiveBehaviorManager,
} from '../../adaptation/adaptive-behavior-manager';
import { type PerformancePorts, PerformanceStrategy } from '../../adaptation/performance-strategy';
import { assert } from '../../core/assert';
import type { Clock } from '../../core/clock';
import type { ConcurrencyLimit } from '../../core/concurrency-limit';
import type { UserId } from '../../core/ids';
import type { Result } from '../../core/result';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import type { LearnerLogger } from '../../learning/learner';
import type { LearningSystemMetrics } from '../../metrics/learning-system-metrics';
import type { CacheReport, LearningStore } from '../../vault/learning-data/learning-store';
import type { LearningEvents } from './learning-flows';

interface Options {
  readonly clock: Clock;
  readonly logger: LearnerLogger;
  readonly metrics: LearningSystemMetrics;
  readonly events: LearningEvents;
  readonly factory: LearningEventFactory;
  readonly store: Pick<LearningStore, 'cacheReport'>;
  readonly limit: ConcurrencyLimit;
  readonly ports: PerformancePorts;
  readonly userId: () => UserId | undefined;
  readonly show: (adaptations: readonly Adaptation[]) => void;
}

/** A complaint is forgotten after an hour. */
const COMPLAINT_LASTS_MS = 3_600_000;
const MOST_COMPLAINTS = 100;
/** Fewer look-ups than these say nothing about a cache. */
const LEAST_LOOK_UPS = 20;

/** Watches how Echo is doing, lets strategies adapt it, and takes back what the person does not want. */
export class AdaptationAgent {
  readonly manager: AdaptiveBehaviorManager;
  readonly #options: Options;
  /** Monotonic times, oldest first. */
  #complaints: number[] = [];
  #counted: Pick<CacheReport, 'hits' | 'misses'> = { hits: 0, misses: 0 };

  constructor(options: Options) {
    this.#options = options;
    const { clock, logger, ports } = options;
    this.manager = new AdaptiveBehaviorManager({
      clock,
      newId: () => crypto.randomUUID(),
      onFailure: ({ strategy }) => logger.warn('a strategy failed', { strategy }),
    });
    const strategy = new PerformanceStrategy(ports);
    const isRegistered = this.manager.registerStrategy(strategy).ok;
    assert(
      isRegistered && this.manager.enableStrategy(strategy.name).ok,
      'the first strategy can be registered',
    );
  }

  /** The person corrected something or took it back. */
  complained(): void {
    this.#complaints = [...this.#complaints, this.#options.clock.monotonic()].slice(-MOST_COMPLAINTS);
  }

  /** One round of all strategies. */
  async adapt(): Promise<void> {
    const { metrics, clock, userId, events, factory, show } = this.#options;
    const startedAt = clock.monotonic();
    const made = await this.manager.adapt(await this.#context());
    const id = userId();
    if (made.length === 0 || id === undefined) return;
    metrics.recordLearningOperation('adapt', (clock.monotonic() - startedAt) / 1_000, 'success');
    show(this.manager.adaptations);
    for (const { strategy, type, applied, failed, totalImpact } of made) {
      void events.emit(
        factory.createAdaptationAppliedEvent({
          userId: id,
          strategy,
          adaptationType: type,
          applied: applied.length,
          failed: failed.length,
          totalImpact,
          detail: { actions: applied.map(({ kind, before, after }) => ({ kind, before, after })) },
        }),
      );
    }
  }

  async revert(id: string): Promise<Result<void, AdaptationError>> {
    const reverted = await this.manager.revert(id);
    this.#options.show(this.manager.adaptations);
    return reverted;
  }

  async #context(): Promise<AdaptationContext> {
    const { metrics, clock, limit } = this.#options;
    const { averageDurationMs, errorRate } = metrics.recent.rates();
    const cacheHitRate = await this.#hitRate();
    const recentFrom = clock.monotonic() - COMPLAINT_LASTS_MS;
    return {
      performance: {
        concurrentRequests: limit.takePeak(),
        ...(averageDurationMs === undefined ? {} : { averageResponseSeconds: averageDurationMs / 1_000 }),
        ...(errorRate === undefined ? {} : { errorRate }),
        ...(cacheHitRate === undefined ? {} : { cacheHitRate }),
      },
      userComplaints: this.#complaints.filter((at) => at >= recentFrom).length,
    };
  }

  /** Of the look-ups since a rate was last told, so that what a larger cache is worth shows. */
  async #hitRate(): Promise<number | undefined> {
    const { hits, misses } = await this.#options.store.cacheReport();
    // The vault worker counts from its own start.
    const isSameCount = hits >= this.#counted.hits && misses >= this.#counted.misses;
    const newHits = hits - (isSameCount ? this.#counted.hits : 0);
    const lookUps = newHits + misses - (isSameCount ? this.#counted.misses : 0);
    if (lookUps < LEAST_LOOK_UPS) return undefined;
    this.#counted = { hits, misses };
    return newHits / lookUps;
  }
}
