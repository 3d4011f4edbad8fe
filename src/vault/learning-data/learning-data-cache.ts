import type { Clock } from '../../core/clock';
import { ExpiringCache } from '../../core/expiring-cache';
import type { UserId } from '../../core/ids';
import type { LearningData } from '../../learning/learning-data';
import { privacyTreatments } from '../../learning/privacy-treatment';
import { dayOf } from '../rows/table-levels';
import type { CacheReport, LearningDataPage, LearningDataStatistics } from './learning-store';

/** How long a page or statistics are given again as they were, unless asked for otherwise. */
const ANSWER_TTL_MS = 300_000;
/** How long opened rows of a day are kept at least, to answer other questions from. */
const DAY_TTL_MS = 1_800_000;
/** Of the capacity, the share of whole answers; the rest is for opened days. */
const ANSWER_SHARE = 0.25;
const MOST_STATISTICS = 16;

/** Rows of one day that were looked for together, opened. */
export interface OpenedDay {
  /** Of this person only; of everybody where left out. */
  readonly userId: UserId | undefined;
  readonly day: number;
  /** Oldest first. */
  readonly rows: readonly LearningData[];
  readonly quarantined: readonly string[];
}

interface Answer<Content> {
  readonly userId: UserId | undefined;
  readonly content: Content;
}

/**
 * Opened learning data, in two levels over the store: whole answers, and the days they were made of. Everything
 * in it is of one generation of the table; a write, also of another tab, makes a new one. Rows that may not stay
 * opened are never kept. Capacity is counted in rows.
 */
export class LearningDataCache {
  readonly #answers: ExpiringCache<Answer<LearningDataPage>>;
  readonly #days: ExpiringCache<OpenedDay>;
  readonly #statistics: ExpiringCache<Answer<LearningDataStatistics>>;
  #capacity: number;
  #answerTtlMs = ANSWER_TTL_MS;
  #generation: number | undefined;
  /** How many rows a day matched lately, by kind of question: no more than a hint for how far to look. */
  readonly #rowsPerDay = new Map<string, number>();
  #hits = 0;
  #misses = 0;

  constructor(capacity: number, clock: Pick<Clock, 'monotonic'>) {
    const { answers, days } = sharesOf(capacity);
    this.#capacity = capacity;
    this.#answers = new ExpiringCache({ capacity: answers, ttlMs: ANSWER_TTL_MS, clock });
    this.#days = new ExpiringCache({ capacity: days, ttlMs: DAY_TTL_MS, clock });
    this.#statistics = new ExpiringCache({ capacity: MOST_STATISTICS, ttlMs: ANSWER_TTL_MS, clock });
  }

  /** Says which generation the table has now. What is of another one is dropped. */
  turnTo(generation: number): void {
    if (this.#generation !== generation) this.clear();
    this.#generation = generation;
  }

  page(name: string): LearningDataPage | undefined {
    return this.#answers.get(name)?.content;
  }

  keepPage(name: string, userId: UserId | undefined, page: LearningDataPage): void {
    if (page.rows.every(mayStayOpened)) {
      this.#answers.set(name, { userId, content: page }, Math.max(1, page.rows.length));
    }
  }

  day(name: string): OpenedDay | undefined {
    return this.#days.get(name);
  }

  keepDay(name: string, opened: OpenedDay): void {
    if (opened.rows.every(mayStayOpened)) this.#days.set(name, opened, Math.max(1, opened.rows.length));
  }

  statistics(userId: UserId | undefined): LearningDataStatistics | undefined {
    return this.#statistics.get(userId ?? '')?.content;
  }

  keepStatistics(userId: UserId | undefined, content: LearningDataStatistics): void {
    this.#statistics.set(userId ?? '', { userId, content });
  }

  /** Drops what new rows change, and keeps the rest if nobody else wrote in between. */
  added(rows: readonly LearningData[], generation: number): void {
    if (this.#generation === undefined || generation !== this.#generation + 1) {
      this.turnTo(generation);
      return;
    }
    this.#generation = generation;
    const days = new Map<UserId, Set<number>>();
    const anybodys = new Set<number>();
    for (const { userId, createdAt } of rows) {
      const day = dayOf(createdAt);
      const known = days.get(userId);
      if (known === undefined) days.set(userId, new Set([day]));
      else known.add(day);
      anybodys.add(day);
    }
    const isChanged = ({ userId }: Answer<unknown>) => userId === undefined || days.has(userId);
    this.#answers.deleteWhere(isChanged);
    this.#statistics.deleteWhere(isChanged);
    this.#days.deleteWhere(
      ({ userId, day }) => (userId === undefined ? anybodys : days.get(userId))?.has(day) === true,
    );
  }

  rowsPerDay(kind: string): number | undefined {
    return this.#rowsPerDay.get(kind);
  }

  noteRowsPerDay(kind: string, rows: number): void {
    this.#rowsPerDay.set(kind, rows);
  }

  /** Counts a question that was answered: from memory alone, or with rows that had to be read and opened. */
  count(isFromMemory: boolean): void {
    if (isFromMemory) this.#hits += 1;
    else this.#misses += 1;
  }

  clear(): void {
    this.#answers.clear();
    this.#days.clear();
    this.#statistics.clear();
    this.#generation = undefined;
  }

  resize(capacity: number, answerTtlMs = this.#answerTtlMs): void {
    const { answers, days } = sharesOf(capacity);
    this.#capacity = capacity;
    this.#answerTtlMs = answerTtlMs;
    this.#answers.resize(answers, answerTtlMs);
    this.#days.resize(days, Math.max(DAY_TTL_MS, answerTtlMs));
    this.#statistics.resize(MOST_STATISTICS, answerTtlMs);
  }

  report(): CacheReport {
    const asked = this.#hits + this.#misses;
    return {
      capacity: this.#capacity,
      ttlSeconds: this.#answerTtlMs / 1_000,
      entries: this.#answers.size + this.#days.size + this.#statistics.size,
      rows: this.#answers.weight + this.#days.weight,
      hits: this.#hits,
      misses: this.#misses,
      hitRate: asked === 0 ? undefined : this.#hits / asked,
    };
  }
}

const mayStayOpened = ({ privacyLevel }: LearningData): boolean =>
  privacyTreatments[privacyLevel].mayStayOpened;

function sharesOf(capacity: number): { readonly answers: number; readonly days: number } {
  const answers = Math.floor(capacity * ANSWER_SHARE);
  return { answers, days: capacity - answers };
}
