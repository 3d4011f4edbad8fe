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
import type { LearningStore } from '../../vault/learning-data/learning-store';
import type { LearningEvents } from './learning-flows';
import { RecentHitRate } from './recent-hit-rate';

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

/** A complaint, and a crowd of analyses, are forgotten after an hour. */
const REMEMBERED_MS = 3_600_000;
const MOST_COMPLAINTS = 100;

/** Watches how Echo is doing, lets strategies adapt it, and takes back what the person does not want. */
export class AdaptationAgent {
  readonly manager: AdaptiveBehaviorManager;
  readonly #options: Options;
  /** Monotonic times, oldest first. */
  #complaints: number[] = [];
  readonly #hitRate = new RecentHitRate();
  /** The largest crowd of analyses, and when it was seen. */
  #peak = { load: 0, at: 0 };

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
    const { metrics, clock, store } = this.#options;
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
