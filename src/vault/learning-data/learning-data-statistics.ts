import type { DataPrivacyLevel } from '../../learning/data-privacy-level';
import type { LearningData } from '../../learning/learning-data';
import type { LearningDataStatistics } from './learning-store';

/** Sums up learning data row by row, so that no more than a batch of it has to be in memory. */
export class StatisticsTally {
  #records = 0;
  #quality = 0;
  #oldestAt: number | undefined;
  #newestAt: number | undefined;
  readonly #users = new Set<string>();
  readonly #byType = new Map<string, number>();
  readonly #byPrivacyLevel: Record<DataPrivacyLevel, number> = {
    public: 0,
    internal: 0,
    private: 0,
    confidential: 0,
  };

  add({ userId, dataType, privacyLevel, qualityScore, createdAt }: LearningData): void {
    this.#records += 1;
    this.#quality += qualityScore;
    this.#users.add(userId);
    this.#byType.set(dataType, (this.#byType.get(dataType) ?? 0) + 1);
    this.#byPrivacyLevel[privacyLevel] += 1;
    this.#oldestAt = Math.min(this.#oldestAt ?? createdAt, createdAt);
    this.#newestAt = Math.max(this.#newestAt ?? createdAt, createdAt);
  }

  get statistics(): LearningDataStatistics {
    return {
      records: this.#records,
      users: this.#users.size,
      averageQuality: this.#records === 0 ? 0 : this.#quality / this.#records,
      oldestAt: this.#oldestAt,
      newestAt: this.#newestAt,
      byType: Object.fromEntries(this.#byType),
      byPrivacyLevel: { ...this.#byPrivacyLevel },
    };
  }
}
