import type { LearningDataId, UserId } from '../../core/ids';
import type { Result } from '../../core/result';
import type { DataPrivacyLevel } from '../../learning/data-privacy-level';
import type { LearningData } from '../../learning/learning-data';
import type { VaultError } from '../vault-types';

/** Data to be stored; what is left out is filled in: a new id, the time now, the assessed quality. */
export type NewLearningData = Omit<LearningData, 'id' | 'createdAt' | 'qualityScore'> &
  Partial<Pick<LearningData, 'id' | 'createdAt' | 'qualityScore'>>;

/** Every condition narrows; left out, it does not. */
export interface LearningDataQuery {
  readonly userId?: UserId;
  readonly dataTypes?: readonly string[];
  /** Epoch milliseconds, inclusive. */
  readonly from?: number;
  /** Epoch milliseconds, exclusive. */
  readonly until?: number;
  readonly minimumQuality?: number;
  readonly privacyLevels?: readonly DataPrivacyLevel[];
  /** 1 to 1,000; 100 when left out. */
  readonly limit?: number;
  readonly order?: 'newest-first' | 'oldest-first';
  /** Where the page before ended, as `nextCursor` said. */
  readonly cursor?: string;
}

export interface LearningDataPage {
  readonly rows: readonly LearningData[];
  /** `undefined` after the last page. */
  readonly nextCursor: string | undefined;
  /** Rows that did not decrypt or parse; they are set aside, the rest works. */
  readonly quarantined: readonly string[];
}

/** What is kept opened in memory, and how often that was enough. */
export interface CacheReport {
  /** Rows it may hold. */
  readonly capacity: number;
  /** How long an answer is given again as it was. */
  readonly ttlSeconds: number;
  /** Answers and opened days held. */
  readonly entries: number;
  /** Rows in them; one that is in an answer and in a day counts twice. */
  readonly rows: number;
  /** Retrievals that opened no row, and those that opened some. */
  readonly hits: number;
  readonly misses: number;
  /** hits / (hits + misses); `undefined` before the first look-up. */
  readonly hitRate: number | undefined;
}

export interface LearningDataStatistics {
  /** Records that can be read. */
  readonly records: number;
  readonly users: number;
  /** 0 when there are no records. */
  readonly averageQuality: number;
  readonly oldestAt: number | undefined;
  readonly newestAt: number | undefined;
  readonly byType: Readonly<Record<string, number>>;
  readonly byPrivacyLevel: Readonly<Record<DataPrivacyLevel, number>>;
}

/** The learning data of the vault, as other threads may use it. */
export interface LearningStore {
  /**
   * All of it or none of it, at most 10,000 at a time. Data with the id of a stored record replaces it.
   * Answers with the ids, in order.
   */
  storeLearningData(data: readonly NewLearningData[]): Promise<Result<readonly LearningDataId[], VaultError>>;
  retrieveLearningData(query: LearningDataQuery): Promise<Result<LearningDataPage, VaultError>>;
  /** Forgets single records, or everything about a person. Answers with how many. */
  forgetLearningData(
    what: { readonly ids: readonly LearningDataId[] } | { readonly userId: UserId },
  ): Promise<Result<number, VaultError>>;
  learningDataStatistics(userId?: UserId): Promise<Result<LearningDataStatistics, VaultError>>;
  cacheReport(): Promise<CacheReport>;
  /**
   * Takes effect at once: what no longer fits is dropped, least recently used first. With `ttlSeconds` left out,
   * entries live as long as before.
   */
  resizeCache(capacity: number, ttlSeconds?: number): Promise<CacheReport>;
}
