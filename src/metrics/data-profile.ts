import type { DataPrivacyLevel } from '../learning/data-privacy-level';
import type { LearningData } from '../learning/learning-data';

/** Kinds beyond these are counted together, so that no data can make a profile grow. */
const MOST_TYPES = 64;
export const OTHER_TYPES = '(other)';

const QUALITY_BINS = 10;

/** Learning data in figures. */
export interface DataProfile {
  readonly dataPoints: number;
  /** `undefined` where there is no data. */
  readonly averageQuality: number | undefined;
  /** Data points per tenth of quality: [0, 0.1) first, [0.9, 1] last. */
  readonly qualityDistribution: readonly number[];
  readonly byType: Readonly<Record<string, number>>;
  readonly byPrivacyLevel: Readonly<Partial<Record<DataPrivacyLevel, number>>>;
  /** Epoch milliseconds. */
  readonly oldestAt: number | undefined;
  readonly newestAt: number | undefined;
  /** Records that could not be read. */
  readonly quarantined: number;
}

/** Adds up learning data page by page, keeping figures only. */
export class DataProfiler {
  readonly #byType = new Map<string, number>();
  readonly #byLevel = new Map<DataPrivacyLevel, number>();
  readonly #bins = new Array<number>(QUALITY_BINS).fill(0);
  #dataPoints = 0;
  #qualitySum = 0;
  #oldestAt: number | undefined;
  #newestAt: number | undefined;
  #quarantined = 0;

  add(rows: readonly LearningData[], quarantined: number): void {
    this.#quarantined += quarantined;
    for (const { dataType, privacyLevel, qualityScore, createdAt } of rows) {
      this.#dataPoints += 1;
      this.#qualitySum += qualityScore;
      const bin = Math.min(QUALITY_BINS - 1, Math.floor(qualityScore * QUALITY_BINS));
      this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
      const isKept = this.#byType.has(dataType) || this.#byType.size < MOST_TYPES;
      countIn(this.#byType, isKept ? dataType : OTHER_TYPES);
      countIn(this.#byLevel, privacyLevel);
      this.#oldestAt = Math.min(this.#oldestAt ?? createdAt, createdAt);
      this.#newestAt = Math.max(this.#newestAt ?? createdAt, createdAt);
    }
  }

  profile(): DataProfile {
    return {
      dataPoints: this.#dataPoints,
      averageQuality: this.#dataPoints === 0 ? undefined : this.#qualitySum / this.#dataPoints,
      qualityDistribution: [...this.#bins],
      byType: Object.fromEntries(this.#byType),
      byPrivacyLevel: Object.fromEntries(this.#byLevel),
      oldestAt: this.#oldestAt,
      newestAt: this.#newestAt,
      quarantined: this.#quarantined,
    };
  }
}

function countIn<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
