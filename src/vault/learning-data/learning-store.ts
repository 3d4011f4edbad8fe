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

export interface CacheReport {
  readonly capacity: number;
  readonly entries: number;
  readonly hits: number;
  readonly misses: number;
  /** hits / (hits + misses); `undefined` before the first look-up. */
  readonly hitRate: number | undefined;
}

export interface LearningDataStatistics {
  readonly records: number;
  readonly users: number;
  readonly averageQuality: number;
  readonly oldestAt: number | undefined;
  readonly newestAt: number | undefined;
  readonly byType: Readonly<Record<string, number>>;
  readonly byPrivacyLevel: Readonly<Record<DataPrivacyLevel, number>>;
}

/** The learning data of the vault, as other threads may use it. */
export interface LearningStore {
  /** All of it or none of it. */
  storeLearningData(data: readonly NewLearningData[]): Promise<Result<readonly LearningDataId[], VaultError>>;
  retrieveLearningData(query: LearningDataQuery): Promise<Result<LearningDataPage, VaultError>>;
  /** Forgets single records, or everything about a person. Answers with how many. */
  forgetLearningData(
    what: { readonly ids: readonly LearningDataId[] } | { readonly userId: UserId },
  ): Promise<Result<number, VaultError>>;
  learningDataStatistics(userId?: UserId): Promise<Result<LearningDataStatistics, VaultError>>;
  cacheReport(): Promise<CacheReport>;
  /** Takes effect at once: what no longer fits is dropped, least recently used first. */
  resizeCache(capacity: number): Promise<CacheReport>;
}
