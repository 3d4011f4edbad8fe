import type { LearningData } from '../../learning/learning-data';
import { blindTokens, type IndexTerm } from '../crypto/blind-index';
import { userDayTerm, userTypeDayTerm } from '../rows/index-terms';
import type { RowSelection } from '../rows/row-search';
import { idOfStored, openRow } from '../rows/sealed-rows';
import { dayOf } from '../rows/table-levels';
import type { VaultSession } from '../vault';
import { type CheckedQuery, matchesQuery } from './checked-query';
import type { LearningDataCache, OpenedDay } from './learning-data-cache';
import type { LearningDataPage } from './learning-store';
import { comparePositions, encodeCursor, positionOf } from './page-cursor';

/** Days looked at in the first step, and at most in one, so that none holds up a write for long. */
const FIRST_DAYS = 2;
const MOST_DAYS = 64;
/** Days read in one step when everybody's are, which nobody knows the size of. */
const MOST_DAYS_OF_EVERYBODY = 4;

/** One look-up in the index: a day of a person, of one kind of theirs, or of everybody. */
interface DayScope {
  readonly day: number;
  readonly dataType: string | undefined;
}

/**
 * Answers one query by walking along the days in its order until the page is full. Within a day rows are in no
 * order until they are opened, so days are opened whole. It looks one row further than the page, to know whether
 * there is another one. Steps are short, and each is of one moment of the table; between two of them others may
 * write, which is why places are kept as values and not as counts.
 */
export class LearningDataWalk {
  readonly #query: CheckedQuery;
  readonly #cache: LearningDataCache;
  readonly #step: 1 | -1;
  #lastDay: number;
  readonly #rows: LearningData[] = [];
  readonly #quarantined: { readonly day: number; readonly ids: readonly string[] }[] = [];
  #nextDay: number | undefined;
  readonly #kind: 'day' | 'user' | 'type';
  #daysAtOnce: number;
  #generation: number | undefined;
  #isOfOneGeneration = true;
  #openedAny = false;

  constructor(query: CheckedQuery, cache: LearningDataCache) {
    this.#query = query;
    this.#cache = cache;
    this.#kind = query.userId === undefined ? 'day' : query.dataTypes === undefined ? 'user' : 'type';
    const rowsPerDay = cache.rowsPerDay(this.#kind);
    this.#daysAtOnce =
      rowsPerDay === undefined ? FIRST_DAYS : this.#bounded(Math.ceil((query.limit + 1) / rowsPerDay));
    const [first, last] = [dayOf(query.from), dayOf(query.until - 1)];
    const after = query.after === undefined ? undefined : dayOf(query.after.createdAt);
    const isLater = query.order === 'oldest-first';
    this.#step = isLater ? 1 : -1;
    this.#lastDay = isLater ? last : first;
    this.#nextDay = isLater ? Math.max(first, after ?? first) : Math.min(last, after ?? last);
    if (query.until <= query.from) this.#nextDay = undefined;
  }

  get isDone(): boolean {
    return this.#nextDay === undefined || this.#rows.length > this.#query.limit;
  }

  /** Whether rows had to be read and opened, rather than being in memory already. */
  get openedAny(): boolean {
    return this.#openedAny;
  }

  /** The one generation that all of the answer is of; `undefined` when somebody wrote meanwhile. */
  get generation(): number | undefined {
    return this.#isOfOneGeneration ? this.#generation : undefined;
  }

  /** Finds where to begin, and where nothing comes any more. */
  async begin({ rows, owner }: VaultSession): Promise<void> {
    if (this.#nextDay === undefined) return;
    const found = await rows.survey(owner, 'learningData', this.#nextDay, this.#direction);
    this.#isOf(found.generation);
    if (found.lastDay !== undefined && (found.lastDay - this.#lastDay) * this.#step < 0) {
      this.#lastDay = found.lastDay;
    }
    this.#goTo(found.nearestDay);
  }

  /** Looks at some days more. */
  async step(session: VaultSession): Promise<void> {
    const scopes = this.#nextScopes();
    const [last] = scopes.slice(-1);
    if (last === undefined) {
      this.#nextDay = undefined;
      return;
    }
    const known = scopes.map((scope) => this.#cache.day(this.#nameOf(scope)));
    const stored = await this.#storedOf(session, scopes, known, last.day + this.#step);
    const rowsBefore = this.#rows.length;
    const days = new Set(scopes.map(({ day }) => day));
    let taken = 0;
    for (const day of days) {
      if (this.#rows.length > this.#query.limit) break;
      taken += 1;
      const opened: OpenedDay[] = [];
      for (const [at, scope] of scopes.entries()) {
        if (scope.day !== day) continue;
        opened.push(known[at] ?? (await this.#open(session, scope, stored[at] ?? [])));
      }
      this.#take(day, opened);
    }
    this.#pace(taken, this.#rows.length - rowsBefore);
  }

  async page(): Promise<LearningDataPage> {
    const { limit, conditions } = this.#query;
    const rows = this.#rows.slice(0, limit);
    const last = rows.at(-1);
    const isMore = this.#rows.length > limit && last !== undefined;
    // What lies beyond the last row is for the next page to report.
    const reported = this.#quarantined.filter(
      ({ day }) => !isMore || (day - dayOf(last.createdAt)) * this.#step <= 0,
    );
    return {
      rows,
      nextCursor: isMore ? await encodeCursor(positionOf(last), conditions) : undefined,
      quarantined: [...new Set(reported.flatMap(({ ids }) => ids))],
    };
  }

  get #direction(): 'later' | 'earlier' {
    return this.#step === 1 ? 'later' : 'earlier';
  }

  #isOf(generation: number): void {
    if (this.#generation !== undefined && this.#generation !== generation) this.#isOfOneGeneration = false;
    this.#generation = generation;
    this.#cache.turnTo(generation);
  }

  #goTo(day: number | undefined): void {
    const isPast = day === undefined || (day - this.#lastDay) * this.#step > 0;
    this.#nextDay = isPast ? undefined : day;
  }

  #nextScopes(): readonly DayScope[] {
    const { userId, dataTypes } = this.#query;
    const scopes: DayScope[] = [];
    let day = this.#nextDay;
    for (let count = 0; count < this.#daysAtOnce && day !== undefined; count += 1) {
      if ((day - this.#lastDay) * this.#step > 0) break;
      if (userId === undefined || dataTypes === undefined) scopes.push({ day, dataType: undefined });
      else for (const dataType of dataTypes) scopes.push({ day, dataType });
      day += this.#step;
    }
    return scopes;
  }

  /** The stored rows of every scope that is not known, and the day to go on with. */
  async #storedOf(
    { rows, owner, ring }: VaultSession,
    scopes: readonly DayScope[],
    known: readonly (OpenedDay | undefined)[],
    beyond: number,
  ): Promise<readonly (readonly unknown[])[]> {
    const missing = scopes.filter((_, at) => known[at] === undefined);
    if (missing.length === 0) {
      this.#goTo(beyond);
      return [];
    }
    const selections = await this.#selectionsOf(missing, ring.indexKeys().all);
    const read = await rows.select(owner, 'learningData', selections, {
      day: beyond,
      direction: this.#direction,
    });
    this.#isOf(read.generation);
    this.#goTo(read.nearestDay);
    this.#openedAny = true;
    let next = 0;
    return scopes.map((_, at) => (known[at] === undefined ? (read.found[next++] ?? []) : []));
  }

  async #selectionsOf(
    scopes: readonly DayScope[],
    keys: readonly CryptoKey[],
  ): Promise<readonly RowSelection[]> {
    const { userId } = this.#query;
    if (userId === undefined) return scopes.map(({ day }) => ({ day }));
    const terms = scopes.map(
      ({ day, dataType }): IndexTerm =>
        dataType === undefined ? userDayTerm(userId, day) : userTypeDayTerm(userId, dataType, day),
    );
    const tokens = await Promise.all(keys.map((key) => blindTokens(key, terms)));
    return terms.map((_, at) => ({ tokens: tokens.flatMap((ofKey) => ofKey[at] ?? []) }));
  }

  async #open({ ring }: VaultSession, scope: DayScope, stored: readonly unknown[]): Promise<OpenedDay> {
    const wanted = stored.filter((row) => this.#isOfWantedLevel(row));
    const rows = await Promise.all(wanted.map((row) => openRow('learningData', idOfStored(row), row, ring)));
    const opened = {
      userId: this.#query.userId,
      day: scope.day,
      rows: rows.filter((row) => row !== undefined).sort(comparePositions),
      quarantined: wanted.filter((_, at) => rows[at] === undefined).map(idOfStored),
    };
    this.#cache.keepDay(this.#nameOf(scope), opened);
    return opened;
  }

  /** The level is in the clear, and sealed in as well: what nobody asked for is not even opened. */
  #isOfWantedLevel(stored: unknown): boolean {
    const { privacyLevels } = this.#query;
    if (privacyLevels === undefined || typeof stored !== 'object' || stored === null) return true;
    if (!('level' in stored)) return true;
    return privacyLevels.some((level) => level === stored.level);
  }

  #nameOf({ day, dataType }: DayScope): string {
    const { userId, privacyLevels } = this.#query;
    return JSON.stringify([userId ?? null, dataType ?? null, day, privacyLevels ?? null]);
  }

  /** Adds the rows of one day, in order, that belong on this page. */
  #take(day: number, opened: readonly OpenedDay[]): void {
    const { after } = this.#query;
    const rows = opened.flatMap((part) => part.rows).filter((row) => matchesQuery(row, this.#query));
    if (opened.length > 1) rows.sort(comparePositions);
    if (this.#step === -1) rows.reverse();
    for (const row of rows) {
      if (after !== undefined && comparePositions(row, after) * this.#step <= 0) continue;
      if (this.#rows.length > this.#query.limit) break;
      this.#rows.push(row);
    }
    const ids = opened.flatMap((part) => part.quarantined);
    // The page before this one ended within this day and has reported it.
    const isReported = after !== undefined && dayOf(after.createdAt) === day;
    if (ids.length > 0 && !isReported) this.#quarantined.push({ day, ids });
  }

  /** As many days next as should fill the page, going by the ones just seen. */
  #pace(days: number, rows: number): void {
    const missing = this.#query.limit + 1 - this.#rows.length;
    if (rows > 0) this.#cache.noteRowsPerDay(this.#kind, rows / days);
    this.#daysAtOnce = this.#bounded(rows === 0 ? days * 4 : Math.ceil((missing * days) / rows) + 1);
  }

  #bounded(days: number): number {
    return Math.max(1, Math.min(this.#kind === 'day' ? MOST_DAYS_OF_EVERYBODY : MOST_DAYS, days));
  }
}
