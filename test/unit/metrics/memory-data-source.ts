import type { UserId } from '../../../src/core/ids';
import { ok } from '../../../src/core/result';
import type { DataPrivacyLevel } from '../../../src/learning/data-privacy-level';
import type { LearningData } from '../../../src/learning/learning-data';
import type { DebugDataSource } from '../../../src/metrics/debug-source';

export interface MemoryDataSource extends DebugDataSource {
  /** Most rows that one answer held. */
  largestPage: number;
  /** Most questions that were open at the same time. */
  mostAtOnce: number;
}

/** A store in memory that answers as the vault's does, with rows that are made when they are asked for. */
export function memoryDataSource(
  count: number,
  rowAt: (index: number) => LearningData,
  quarantined: readonly string[] = [],
): MemoryDataSource {
  let open = 0;
  const indexes = Array.from({ length: count }, (_, index) => index);
  const of = (userId: UserId): number[] => indexes.filter((index) => rowAt(index).userId === userId);
  const source: MemoryDataSource = {
    largestPage: 0,
    mostAtOnce: 0,
    retrieveLearningData: async ({ userId, limit, cursor }) => {
      open += 1;
      source.mostAtOnce = Math.max(source.mostAtOnce, open);
      await Promise.resolve();
      const mine = of(userId);
      const from = cursor === undefined ? 0 : Number(cursor);
      const rows = mine.slice(from, from + limit).map(rowAt);
      source.largestPage = Math.max(source.largestPage, rows.length);
      open -= 1;
      const nextCursor = from + limit < mine.length ? String(from + limit) : undefined;
      return ok({ rows, nextCursor, quarantined: cursor === undefined ? quarantined : [] });
    },
    learningDataStatistics: async () => {
      const byType: Record<string, number> = {};
      const byPrivacyLevel: Record<DataPrivacyLevel, number> = {
        public: 0,
        internal: 0,
        private: 0,
        confidential: 0,
      };
      const rows = indexes.map(rowAt);
      for (const { dataType, privacyLevel } of rows) {
        byType[dataType] = (byType[dataType] ?? 0) + 1;
        byPrivacyLevel[privacyLevel] += 1;
      }
      const times = rows.map(({ createdAt }) => createdAt);
      return ok({
        records: rows.length,
        users: new Set(rows.map(({ userId }) => userId)).size,
        averageQuality:
          rows.reduce((sum, { qualityScore }) => sum + qualityScore, 0) / Math.max(1, rows.length),
        oldestAt: rows.length === 0 ? undefined : Math.min(...times),
        newestAt: rows.length === 0 ? undefined : Math.max(...times),
        byType,
        byPrivacyLevel,
      });
    },
  };
  return source;
}
