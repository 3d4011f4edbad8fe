import type { AdaptationContext } from '../../adaptation/adaptation-strategy';
import type { Observation } from '../../adaptation/measured-effect';
import type { Clock } from '../../core/clock';
import type { ConcurrencyLimit } from '../../core/concurrency-limit';
import type { LearningSystemMetrics } from '../../metrics/learning-system-metrics';
import type { LearningStore } from '../../vault/learning-data/learning-store';
import { RecentHitRate } from './recent-hit-rate';

interface Sources {
  readonly clock: Clock;
  readonly metrics: Pick<LearningSystemMetrics, 'recent'>;
  readonly limit: ConcurrencyLimit;
  readonly store: Pick<LearningStore, 'cacheReport'>;
}

/** A complaint, and a crowd of analyses, are forgotten after an hour. */
const REMEMBERED_MS = 3_600_000;
const MOST_COMPLAINTS = 100;
const MOST_OPERATIONS = 200;

/**
 * How fast and how crowded the learning system has been lately, and whether anybody complained meanwhile. Figures of
 * this page, and none of the person's: they outlast a lock, except the durations, which are kept in the vault.
 */
export class PerformanceEvidence {
  readonly #sources: Sources;
  readonly #hitRate = new RecentHitRate();
  /** Monotonic times, oldest first. */
  #complaints: number[] = [];
  /** The largest crowd of analyses, and when it was seen. */
  #peak = { load: 0, at: 0 };
  #operations: Observation[] = [];

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Durations of single operations in seconds, oldest first. */
  get operations(): readonly Observation[] {
    return this.#operations;
  }

  /** Something was corrected or taken back. */
  complained(): void {
    this.#complaints = [...this.#complaints, this.#sources.clock.monotonic()].slice(-MOST_COMPLAINTS);
  }

  /** One operation of the learning system ended. */
  operationTook(seconds: number): void {
    this.#operations = [...this.#operations, { at: this.#sources.clock.now(), value: seconds }].slice(
      -MOST_OPERATIONS,
    );
  }

  /** Goes on from the durations of the last visit. */
  recallOperations(operations: readonly Observation[]): void {
    this.#operations = [...operations];
  }

  forgetOperations(): void {
    this.#operations = [];
  }

  async read(): Promise<Pick<AdaptationContext, 'performance' | 'userComplaints'>> {
    const { metrics, clock, store } = this.#sources;
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
    const { limit, clock } = this.#sources;
    const load = limit.takePeak();
    if (load >= this.#peak.load || this.#peak.at < recentFrom) this.#peak = { load, at: clock.monotonic() };
    return this.#peak.load;
  }
}
