import { type Clock, systemClock } from '../../core/clock';
import type { LearningDataId, UserId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import { AuditTrail } from '../audit/audit-trail';
import { blindTokens } from '../crypto/blind-index';
import { userDayTerm } from '../rows/index-terms';
import { idOfStored, openRow, sealRows } from '../rows/sealed-rows';
import type { Vault, VaultSession } from '../vault';
import { unavailable, VaultFailure, vaultErrorOf } from '../vault-failure';
import type { VaultError } from '../vault-types';
import { checkQuery } from './checked-query';
import { LearningDataCache } from './learning-data-cache';
import { StatisticsTally } from './learning-data-statistics';
import { LearningDataWalk } from './learning-data-walk';
import type {
  CacheReport,
  LearningDataPage,
  LearningDataQuery,
  LearningDataStatistics,
  LearningStore,
  NewLearningData,
} from './learning-store';
import { completeLearningData } from './new-learning-data';

type Answer<T> = Promise<Result<T, VaultError>>;

const TABLE = 'learningData';
/** Rows, and days of one person, that statistics open at a time. */
const ROWS_AT_ONCE = 1_000;
const DAYS_AT_ONCE = 16;
/** How often a write starts over because a tab that lost the lock changed the same row meanwhile. */
const MOST_ATTEMPTS = 5;

export interface LearningDataManagerOptions {
  /** Rows that may stay opened in memory while the vault is open. */
  readonly cacheCapacity?: number;
  readonly clock?: Clock;
}

/**
 * What Echo observed, kept in the vault: stored whole or not at all, found by person, kind and day through blind
 * tokens, and kept opened for a while in a cache that forgets with the keys. Like the vault's, its calls answer
 * with a `Result` and never reject.
 */
export class LearningDataManager implements LearningStore {
  readonly #vault: Pick<Vault, 'read' | 'change'>;
  readonly #clock: Clock;
  readonly #cache: LearningDataCache;
  readonly #trail = new AuditTrail();

  constructor(
    vault: Pick<Vault, 'read' | 'change' | 'onLock'>,
    { cacheCapacity = 5_000, clock = systemClock }: LearningDataManagerOptions = {},
  ) {
    this.#vault = vault;
    this.#clock = clock;
    this.#cache = new LearningDataCache(cacheCapacity, clock);
    vault.onLock(() => this.#cache.clear());
  }

  storeLearningData(data: readonly NewLearningData[]): Answer<readonly LearningDataId[]> {
    return answered(async () => {
      const rows = completeLearningData(data, this.#clock);
      const mayReplace = data.some(({ id }) => id !== undefined);
      await worked(
        this.#vault.change(async (session) => {
          if (rows.length === 0) return;
          const entries = rows.map((row) => ({ table: TABLE, row }) as const);
          if (mayReplace) {
            await replaceRows(entries, session);
            this.#cache.clear();
          } else {
            const sealed = await sealRows(entries, session.ring, this.#clock);
            const records = sealed.map(({ record }) => record);
            this.#cache.added(rows, await session.rows.append(session.owner, TABLE, records));
          }
        }),
      );
      return rows.map(({ id }) => id);
    });
  }

  retrieveLearningData(query: LearningDataQuery): Answer<LearningDataPage> {
    return answered(async () => {
      const checked = await checkQuery(query);
      const name = JSON.stringify([checked.conditions, checked.limit, checked.after ?? null]);
      const walk = new LearningDataWalk(checked, this.#cache);
      const finish = async (): Promise<LearningDataPage> => {
        const page = await walk.page();
        this.#cache.count(!walk.openedAny);
        if (walk.generation !== undefined) this.#cache.keepPage(name, checked.userId, page);
        return page;
      };
      let page = await worked(
        this.#vault.read(async (session) => {
          await walk.begin(session);
          const known = this.#cache.page(name);
          if (known !== undefined) {
            this.#cache.count(true);
            return known;
          }
          if (!walk.isDone) await walk.step(session);
          return walk.isDone ? await finish() : undefined;
        }),
      );
      // Every step is a call of its own, so that a long search holds up nobody's writes.
      while (page === undefined) {
        page = await worked(
          this.#vault.read(async (session) => {
            await walk.step(session);
            return walk.isDone ? await finish() : undefined;
          }),
        );
      }
      return page;
    });
  }

  forgetLearningData(
    what: { readonly ids: readonly LearningDataId[] } | { readonly userId: UserId },
  ): Answer<number> {
    return this.#vault.change(async (session) => {
      const { rows, owner } = session;
      this.#cache.clear();
      if ('ids' in what)
        return await this.#noted(session, await rows.remove(owner, TABLE, { ids: what.ids }), 'some');
      const days = await rows.occupiedDays(owner, TABLE);
      const terms = days.map((day) => userDayTerm(what.userId, day));
      const keys = session.ring.indexKeys().all;
      const tokens = (await Promise.all(keys.map((key) => blindTokens(key, terms)))).flat();
      return await this.#noted(session, await rows.remove(owner, TABLE, { tokens }), 'all-of-a-person');
    });
  }

  /** What was forgotten because somebody asked is worth a line in the audit log. */
  async #noted(session: VaultSession, records: number, what: 'some' | 'all-of-a-person'): Promise<number> {
    if (records > 0) await this.#trail.note(session, 'data-forgotten', { records, what });
    return records;
  }

  learningDataStatistics(userId?: UserId): Answer<LearningDataStatistics> {
    return answered(async () => {
      const generation = await worked(this.#vault.read((session) => this.#generation(session)));
      const known = this.#cache.statistics(userId);
      if (known !== undefined) return known;
      const tally = new StatisticsTally();
      if (userId === undefined) await this.#addEverybodys(tally);
      else await this.#addThoseOf(userId, tally);
      const { statistics } = tally;
      await worked(
        this.#vault.read(async (session) => {
          if ((await this.#generation(session)) === generation) {
            this.#cache.keepStatistics(userId, statistics);
          }
        }),
      );
      return statistics;
    });
  }

  async cacheReport(): Promise<CacheReport> {
    return this.#cache.report();
  }

  async resizeCache(capacity: number, ttlSeconds?: number): Promise<CacheReport> {
    const rows = Number.isFinite(capacity) ? Math.max(0, Math.floor(capacity)) : 0;
    const isTtl = ttlSeconds !== undefined && ttlSeconds >= 0;
    this.#cache.resize(rows, isTtl ? ttlSeconds * 1_000 : undefined);
    return this.#cache.report();
  }

  async #generation({ rows, owner }: VaultSession): Promise<number> {
    const { generation } = await rows.survey(owner, TABLE, 0, 'later');
    this.#cache.turnTo(generation);
    return generation;
  }

  async #addEverybodys(tally: StatisticsTally): Promise<void> {
    let afterId: string | undefined;
    do {
      afterId = await worked(
        this.#vault.read(async (session) => {
          const stored = await session.rows.page(session.owner, TABLE, afterId, ROWS_AT_ONCE);
          await addOpened(stored, session, tally);
          return stored.length < ROWS_AT_ONCE ? undefined : idOfStored(stored.at(-1));
        }),
      );
    } while (afterId !== undefined);
  }

  async #addThoseOf(userId: UserId, tally: StatisticsTally): Promise<void> {
    const days = await worked(this.#vault.read(({ rows, owner }) => rows.occupiedDays(owner, TABLE)));
    for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
      const terms = days.slice(at, at + DAYS_AT_ONCE).map((day) => userDayTerm(userId, day));
      await worked(
        this.#vault.read(async (session) => {
          const { rows, owner, ring } = session;
          const tokens = await Promise.all(ring.indexKeys().all.map((key) => blindTokens(key, terms)));
          const selections = tokens.flat().map((token) => ({ tokens: [token] }));
          const { found } = await rows.select(owner, TABLE, selections, { day: 0, direction: 'later' });
          for (const stored of found) await addOpened(stored, session, tally);
        }),
      );
    }
  }
}

/** Puts rows in the place of those with their ids, wherever there are any. */
async function replaceRows(
  entries: Parameters<typeof sealRows>[0],
  { rows, owner, ring, clock }: VaultSession,
): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const replaced = await rows.versions(entries.map(({ table, row }) => ({ table, id: row.id })));
    if (await rows.commit(owner, await sealRows(entries, ring, clock, replaced), [])) return;
  }
  throw unavailable('another tab keeps changing the same rows');
}

async function addOpened(
  stored: readonly unknown[],
  { ring }: VaultSession,
  tally: StatisticsTally,
): Promise<void> {
  const opened = await Promise.all(stored.map((row) => openRow(TABLE, idOfStored(row), row, ring)));
  for (const row of opened) if (row !== undefined) tally.add(row);
}

/** The value of a call to the vault; its error goes on as an exception to the nearest `answered`. */
async function worked<T>(answer: Answer<T>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new VaultFailure(result.error);
  return result.value;
}

async function answered<T>(job: () => Promise<T>): Answer<T> {
  try {
    return ok(await job());
  } catch (error) {
    return err(vaultErrorOf(error));
  }
}
