import type { Clock } from '../../core/clock';
import { ConcurrencyLimit } from '../../core/concurrency-limit';
import type { UserId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import type { LearningData } from '../../learning/learning-data';
import type { OperationStatus, OperationType } from '../../metrics/learning-system-metrics';
import type {
  LearningDataPage,
  LearningDataQuery,
  LearningStore,
} from '../../vault/learning-data/learning-store';
import type { VaultError } from '../../vault/vault-types';
import {
  type BehaviorPatterns,
  BehaviorTally,
  CORRECTION_DATA,
  INTERACTION_DATA,
} from './behaviour-patterns';
import { type UsageHistory, UsageTally } from './usage-history';

export type AnalysisError = VaultError | { readonly kind: 'aborted' };

/** What a learner knows, as far as it can be shown. */
export interface LearnerInsights {
  readonly learnerId: string;
  readonly learnerType: string;
  readonly insights: JsonObject;
}

interface Colleagues {
  readonly store: Pick<LearningStore, 'retrieveLearningData'>;
  readonly clock: Clock;
  /** Asks the learners; empty while none of them runs. */
  readonly learnerInsights: () => Promise<readonly LearnerInsights[]>;
  /** Takes the time and the end of every analysis. */
  readonly record: (operation: OperationType, durationMs: number, status: OperationStatus) => void;
  /** Analyses at one time. */
  readonly maxConcurrency: number;
}

const PAGE_ROWS = 1_000;

/** Looks for the patterns in what a person does, page by page through the vault. */
export class LearningAgent {
  readonly #with: Colleagues;
  readonly #limit: ConcurrencyLimit;

  constructor(colleagues: Colleagues) {
    this.#with = colleagues;
    this.#limit = new ConcurrencyLimit(colleagues.maxConcurrency);
  }

  /** How many analyses may run at one time, and how many did or wanted to. */
  get limit(): ConcurrencyLimit {
    return this.#limit;
  }

  /**
   * Counts, rates, hours, weekdays and sequences over all that is stored about a person. Reads a page at a time and
   * keeps counts only, so memory does not grow with their past. `signal` ends it between two pages.
   */
  async analyzeUserBehaviorPatterns(
    userId: UserId,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result<BehaviorPatterns, AnalysisError>> {
    const tally = new BehaviorTally(userId);
    const read = await this.#read(userId, (row) => tally.add(row), signal);
    return read.ok ? ok(tally.patterns()) : read;
  }

  /** What was done when, day by day and week by week. `signal` ends it between two pages. */
  async usageHistory(
    userId: UserId,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result<UsageHistory, AnalysisError>> {
    const tally = new UsageTally();
    const read = await this.#read(userId, (row) => tally.add(row), signal);
    return read.ok ? ok(tally.history()) : read;
  }

  /** What every learner has understood so far. */
  getLearningInsights(): Promise<readonly LearnerInsights[]> {
    return this.#with.learnerInsights();
  }

  async #read(
    userId: UserId,
    add: (row: LearningData) => void,
    signal: AbortSignal,
  ): Promise<Result<void, AnalysisError>> {
    const answer = await this.#limit.run(() => this.#timed(() => this.#readAll(userId, add, signal)), signal);
    return answer.ok ? answer.value : answer;
  }

  async #readAll(
    userId: UserId,
    add: (row: LearningData) => void,
    signal: AbortSignal,
  ): Promise<Result<void, AnalysisError>> {
    let cursor: string | undefined;
    do {
      if (signal.aborted) return err({ kind: 'aborted' });
      const page: Result<LearningDataPage, VaultError> = await this.#with.store.retrieveLearningData(
        queryOf(userId, cursor),
      );
      if (!page.ok) return page;
      for (const row of page.value.rows) add(row);
      cursor = page.value.nextCursor;
    } while (cursor !== undefined);
    return ok(undefined);
  }

  async #timed<T>(work: () => Promise<Result<T, AnalysisError>>): Promise<Result<T, AnalysisError>> {
    const { clock, record } = this.#with;
    const startedAt = clock.monotonic();
    const result = await work();
    const status = result.ok ? 'success' : result.error.kind === 'aborted' ? 'aborted' : 'failed';
    record('analyse', clock.monotonic() - startedAt, status);
    return result;
  }
}

function queryOf(userId: UserId, cursor: string | undefined): LearningDataQuery {
  return {
    userId,
    dataTypes: [INTERACTION_DATA, CORRECTION_DATA],
    limit: PAGE_ROWS,
    order: 'oldest-first',
    ...(cursor === undefined ? {} : { cursor }),
  };
}
