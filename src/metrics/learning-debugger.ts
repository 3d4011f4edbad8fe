import type { Clock } from '../core/clock';
import type { UserId } from '../core/ids';
import type { JsonObject } from '../core/json';
import { err, ok, type Result } from '../core/result';
import { type DataProfile, DataProfiler } from './data-profile';
import { type DebugInfo, exportedLearner, exportedMemory, exportedStatistics } from './debug-info';
import type { DebugFailure, DebugSources } from './debug-source';
import type { LearningSystemMetrics } from './learning-system-metrics';
import { LogRedaction } from './logging/log-redaction';
import type { MemoryReport } from './memory-report';
import type { LearnerState } from './monitored-learner';

/** What is shown of one person, to that person: names and insights are in it as they are. */
export interface DebugView {
  readonly userId: UserId;
  readonly data: DataProfile;
  readonly learners: readonly LearnerState[];
  /** What the analysis found, or why it failed. */
  readonly patterns: Result<JsonObject, DebugFailure>;
  readonly analysisMs: number;
  readonly memory: MemoryReport;
}

export type DebugError = DebugFailure | { readonly kind: 'aborted' };

export interface LearningDebuggerOptions {
  readonly sources: DebugSources;
  readonly metrics: LearningSystemMetrics;
  readonly clock: Clock;
  /** Knows the names of learners and of kinds of data; without it they are marked in what is exported. */
  readonly redaction?: LogRedaction;
  /** Records read at a time, 1 to 1,000; one page is in memory at once. */
  readonly pageSize?: number;
}

/** Looks into the learning system while it runs. It reads and measures, and changes nothing. */
export class LearningDebugger {
  readonly #sources: DebugSources;
  readonly #metrics: LearningSystemMetrics;
  readonly #clock: Clock;
  readonly #redaction: LogRedaction;
  readonly #pageSize: number;

  constructor(options: LearningDebuggerOptions) {
    this.#sources = options.sources;
    this.#metrics = options.metrics;
    this.#clock = options.clock;
    this.#redaction = options.redaction ?? new LogRedaction();
    this.#pageSize = options.pageSize ?? 1_000;
  }

  /** Reads everything that is stored of a person, in pages; an analysis that fails is part of the view. */
  async debugView(userId: UserId, signal?: AbortSignal): Promise<Result<DebugView, DebugError>> {
    const data = await this.#profile(userId, signal);
    if (!data.ok) return data;
    const startedAtMs = this.#clock.monotonic();
    const patterns = await this.#sources.analyse(userId);
    const analysisMs = this.#clock.monotonic() - startedAtMs;
    if (signal?.aborted === true) return err({ kind: 'aborted' });
    const [learners, memory] = await Promise.all([this.#sources.learners(), this.#sources.memory()]);
    return ok({ userId, data: data.value, learners, patterns, analysisMs, memory });
  }

  /** For passing on. A store that cannot be read is part of what is told. */
  async exportDebugInfo(): Promise<DebugInfo> {
    const [statistics, learners, memory] = await Promise.all([
      this.#sources.data.learningDataStatistics(),
      this.#sources.learners(),
      this.#sources.memory(),
    ]);
    const recent = this.#metrics.recent.rates();
    return {
      format: 1,
      timestamp: new Date(this.#clock.now()).toISOString(),
      systemStatus: {
        activeLearners: learners.filter(({ isInitialized }) => isInitialized).length,
        isStoreReadable: statistics.ok,
        storeFailure: statistics.ok ? null : statistics.error.kind,
        learners: learners.map((state) => exportedLearner(state, this.#redaction)),
        raisedAlerts: this.#sources
          .alerts()
          .map(({ name, value, threshold }) => ({ name, value, threshold })),
        memory: exportedMemory(memory),
      },
      performanceMetrics: {
        coveredMs: recent.coveredMs,
        operations: recent.operations,
        averageResponseTimeMs: recent.averageDurationMs ?? null,
        throughputPerSecond: recent.throughputPerSecond,
        errorRate: recent.errorRate ?? null,
        operationsSinceStart: this.#metrics.totals(),
      },
      dataStatistics: statistics.ok ? exportedStatistics(statistics.value, this.#redaction) : null,
    };
  }

  async #profile(userId: UserId, signal: AbortSignal | undefined): Promise<Result<DataProfile, DebugError>> {
    const profiler = new DataProfiler();
    let cursor: string | undefined;
    do {
      if (signal?.aborted === true) return err({ kind: 'aborted' });
      const page = await this.#sources.data.retrieveLearningData({
        userId,
        limit: this.#pageSize,
        order: 'newest-first',
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!page.ok) return page;
      profiler.add(page.value.rows, page.value.quarantined.length);
      cursor = page.value.nextCursor;
    } while (cursor !== undefined);
    return ok(profiler.profile());
  }
}
