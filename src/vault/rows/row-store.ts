import type { Dexie, Table } from 'dexie';
import type { TableName } from '../../learning/records';
import type { Bytes } from '../crypto/associated-data';
import type { SealedRecord } from '../crypto/record-cipher';
import { deleteDatabase, openDatabase } from '../database';
import { VaultFailure } from '../vault-failure';
import { declareRowVersions, type Owner, type Ownership, type Tally } from './row-schema';
import { type DayDirection, RowSearch, type RowSelection } from './row-search';
import { tableNames } from './table-levels';

export type { Ownership } from './row-schema';

export interface SealedPut {
  readonly table: TableName;
  readonly record: SealedRecord;
  /** Version of the row this one replaces; `undefined` when there was none. */
  readonly replaces: number | undefined;
}

export interface RowPlace {
  readonly table: TableName;
  readonly id: string;
}

/** Thrown out of a transaction when another tab changed the keys: read the ring again and start over. */
export class StaleEpoch extends Error {
  override readonly name = 'StaleEpoch';
}

/** What a table looks like at one moment. */
export interface TableSurvey {
  /** Differs after every write to the table, in whichever tab. */
  readonly generation: number;
  /** The nearest day that has rows, from the given one on; `undefined` when there is none. */
  readonly nearestDay: number | undefined;
}

/** Version number of a stored row that may be damaged. */
const versionOf = (row: unknown): number | undefined => {
  if (typeof row !== 'object' || row === null) return undefined;
  return 'version' in row && typeof row.version === 'number' ? row.version : 0;
};

/**
 * The database of sealed rows. Every transaction first checks that the rows still belong to the vault the
 * caller holds keys of: after a deletion or an eviction in another tab nothing is written that nobody
 * could ever read. Rows are counted as they come and go, because IndexedDB counts a million one by one.
 */
export class RowStore {
  readonly #database: Dexie;
  readonly #owner: Table<Owner, string>;
  readonly #tallies: Table<Tally, string>;

  private constructor(database: Dexie) {
    this.#database = database;
    this.#owner = database.table('owner');
    this.#tallies = database.table('tallies');
  }

  /** @param onLost as for `openDatabase` */
  static async open(name: string, onLost?: () => void): Promise<RowStore> {
    return new RowStore(await openDatabase(name, 'relaxed', declareRowVersions, onLost));
  }

  /** Empties the store for a new vault, or (`keepRows`) makes sure that it belongs to this one. */
  async claim(vaultId: string, { keepRows }: { readonly keepRows: boolean }): Promise<Ownership> {
    return await this.#database.transaction('rw', this.#database.tables, async () => {
      const before = await this.#owner.get('owner');
      if (!keepRows) for (const table of this.#database.tables) await table.clear();
      const epoch = keepRows && before?.vaultId === vaultId ? before.epoch : 0;
      await this.#owner.put({ id: 'owner', vaultId, epoch });
      return { vaultId, epoch };
    });
  }

  /**
   * From here on nobody commits rows who has not read the keys again. Strictly durable: once this is on the disk,
   * so is every row committed before, and a key may go that they were moved away from.
   *
   * @returns the new epoch
   */
  async advanceEpoch(owner: Ownership): Promise<Ownership> {
    await this.#owned('rw', owner, [], async () => undefined);
    const next = { vaultId: owner.vaultId, epoch: owner.epoch + 1 };
    // Dexie knows one durability a database; this one transaction needs another.
    const transaction = this.#database
      .backendDB()
      .transaction('owner', 'readwrite', { durability: 'strict' });
    const owners = transaction.objectStore('owner');
    const stored = owners.get('owner');
    return await new Promise((resolve, reject) => {
      stored.onsuccess = () => {
        const { vaultId, epoch } = (stored.result ?? {}) as Partial<Owner>;
        if (vaultId === owner.vaultId && epoch === owner.epoch) owners.put({ id: 'owner', ...next });
        else reject(new StaleEpoch('the keys were changed by another tab'));
      };
      transaction.oncomplete = () => resolve(next);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  /** Rows as they are stored: unchecked. */
  async all(owner: Ownership, table: TableName): Promise<readonly unknown[]> {
    return await this.#owned('r', owner, [table], () => this.#rows(table).toArray());
  }

  async one(owner: Ownership, table: TableName, id: string): Promise<unknown> {
    return await this.#owned('r', owner, [table], () => this.#rows(table).get(id));
  }

  async many(owner: Ownership, table: TableName, ids: readonly string[]): Promise<readonly unknown[]> {
    return await this.#owned('r', owner, [table], () => this.#rows(table).bulkGet([...ids]));
  }

  /**
   * The rows of every selection, in its order, with what lies beyond them: one transaction, so that all of it
   * is of the same moment.
   */
  async select(
    owner: Ownership,
    table: TableName,
    selections: readonly RowSelection[],
    beyond: { readonly day: number; readonly direction: DayDirection },
  ): Promise<TableSurvey & { readonly found: readonly (readonly unknown[])[] }> {
    return await this.#owned('r', owner, [table], async () => {
      const search = this.#search(table);
      const [found, survey] = await Promise.all([
        Promise.all(selections.map((selection) => search.selected(selection))),
        this.#survey(table, beyond.day, beyond.direction),
      ]);
      return { ...survey, found };
    });
  }

  /** Looks for the nearest day with rows, `day` itself included, and for the last one that way. */
  async survey(
    owner: Ownership,
    table: TableName,
    day: number,
    direction: DayDirection,
  ): Promise<TableSurvey & { readonly lastDay: number | undefined }> {
    return await this.#owned('r', owner, [table], async () => {
      const [survey, lastDay] = await Promise.all([
        this.#survey(table, day, direction),
        this.#search(table).lastDay(direction),
      ]);
      return { ...survey, lastDay };
    });
  }

  /** Every day that has rows, in order. Costs a look-up a day, however many rows it has. */
  async occupiedDays(owner: Ownership, table: TableName): Promise<readonly number[]> {
    return await this.#owned('r', owner, [table], () => this.#search(table).occupiedDays());
  }

  /** At most `limit` rows in the order of their ids, after `afterId`. */
  async page(
    owner: Ownership,
    table: TableName,
    afterId: string | undefined,
    limit: number,
  ): Promise<readonly unknown[]> {
    return await this.#owned('r', owner, [table], () => {
      const rows = this.#rows(table);
      return (afterId === undefined ? rows.toCollection() : rows.where(':id').above(afterId))
        .limit(limit)
        .toArray();
    });
  }

  /** Rows of the days `from` to `to`, both included; at most `limit`, the earliest days first. */
  async ofDays(
    owner: Ownership,
    table: TableName,
    days: { readonly from: number; readonly to: number },
    limit: number,
  ): Promise<readonly unknown[]> {
    return await this.#owned('r', owner, [table], () =>
      this.#rows(table).where('day').between(days.from, days.to, true, true).limit(limit).toArray(),
    );
  }

  /** At most `limit` ids of rows sealed under a key, in the order of ids, after the first `skip`. */
  async idsOnKey(
    owner: Ownership,
    table: TableName,
    keyId: string,
    limit: number,
    skip: number,
  ): Promise<readonly string[]> {
    return await this.#owned('r', owner, [table], () =>
      this.#rows(table).where('keyId').equals(keyId).offset(skip).limit(limit).primaryKeys(),
    );
  }

  /** Rows of every table sealed under a key. */
  async countOnKey(owner: Ownership, keyId: string): Promise<number> {
    return await this.#owned('r', owner, tableNames, async () => {
      let rows = 0;
      for (const table of tableNames) rows += await this.#rows(table).where('keyId').equals(keyId).count();
      return rows;
    });
  }

  /** The version each row has now; `undefined` where there is none. */
  async versions(rows: readonly RowPlace[]): Promise<readonly (number | undefined)[]> {
    if (rows.length === 0) return [];
    return await this.#database.transaction('r', tablesOf(rows), () => this.#versions(rows));
  }

  /**
   * Writes all or nothing.
   *
   * @returns false, with nothing written, when a row is no longer the one to be replaced
   */
  async commit(owner: Ownership, puts: readonly SealedPut[], deletes: readonly RowPlace[]): Promise<boolean> {
    const tables = tablesOf([...puts, ...deletes]);
    return await this.#owned('rw', owner, tables, async () => {
      const versions = await this.#versions(puts.map(({ table, record }) => ({ table, id: record.id })));
      if (puts.some(({ replaces }, at) => versions[at] !== replaces)) return false;
      for (const table of tables) {
        const gone = deletes.filter((row) => row.table === table).map(({ id }) => id);
        const here = puts.filter((put) => put.table === table);
        const left = await this.#delete(table, gone);
        if (here.length > 0) await this.#rows(table).bulkPut(here.map((put) => put.record));
        await this.#count(table, here.filter((put) => put.replaces === undefined).length - left);
      }
      return true;
    });
  }

  /**
   * Adds rows with new ids, all or nothing: the fast way in for rows that replace none.
   *
   * @returns the generation this write made
   */
  async append(owner: Ownership, table: TableName, records: readonly SealedRecord[]): Promise<number> {
    return await this.#owned('rw', owner, [table], async () => {
      const [generation] = await Promise.all([
        this.#count(table, records.length),
        this.#rows(table).bulkAdd([...records]),
      ]);
      return generation;
    });
  }

  /** Deletes rows by id, and rows that carry any of the tokens, all or nothing. @returns how many there were */
  async remove(
    owner: Ownership,
    table: TableName,
    what: { readonly ids: readonly string[] } | { readonly tokens: readonly Bytes[] },
  ): Promise<number> {
    return await this.#owned('rw', owner, [table], async () => {
      const removed = await this.#delete(
        table,
        'ids' in what ? [...new Set(what.ids)] : await this.#search(table).idsWithTokens(what.tokens),
      );
      await this.#count(table, -removed);
      return removed;
    });
  }

  /** Replaces every row of every table, all or nothing, for the vault that holds the store now. */
  async replaceAll(
    owner: Ownership,
    rows: readonly { readonly table: TableName; readonly record: SealedRecord }[],
  ): Promise<void> {
    await this.#owned('rw', owner, tableNames, async () => {
      for (const table of tableNames) {
        const here = rows.filter((row) => row.table === table).map((row) => row.record);
        await this.#rows(table).clear();
        await this.#rows(table).bulkPut(here);
        const before = await this.#tallies.get(table);
        await this.#tallies.put({ table, rows: here.length, generation: (before?.generation ?? 0) + 1 });
      }
    });
  }

  async counts(): Promise<Readonly<Record<TableName, number>>> {
    const tallies = new Map((await this.#tallies.toArray()).map(({ table, rows }) => [table, rows]));
    return Object.fromEntries(tableNames.map((table) => [table, tallies.get(table) ?? 0])) as Record<
      TableName,
      number
    >;
  }

  async clear(): Promise<void> {
    await this.#database.transaction('rw', this.#database.tables, async () => {
      for (const table of this.#database.tables) await table.clear();
    });
  }

  close(): void {
    this.#database.close();
  }

  async delete(): Promise<void> {
    this.close();
    await deleteDatabase(this.#database.name);
  }

  #rows(table: TableName): Table<unknown, string> {
    return this.#database.table(table);
  }

  #search(table: TableName): RowSearch {
    return new RowSearch(this.#rows(table));
  }

  async #survey(table: TableName, day: number, direction: DayDirection): Promise<TableSurvey> {
    const [tally, nearestDay] = await Promise.all([
      this.#tallies.get(table),
      this.#search(table).nearestDay(day, direction),
    ]);
    return { generation: tally?.generation ?? 0, nearestDay };
  }

  async #versions(rows: readonly RowPlace[]): Promise<readonly (number | undefined)[]> {
    return await Promise.all(rows.map(async ({ table, id }) => versionOf(await this.#rows(table).get(id))));
  }

  async #delete(table: TableName, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const counts = await Promise.all(ids.map((id) => this.#rows(table).where(':id').equals(id).count()));
    await this.#rows(table).bulkDelete([...ids]);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Counts a write to the table. @returns its generation from now on */
  async #count(table: TableName, more: number): Promise<number> {
    const tally = await this.#tallies.get(table);
    const generation = (tally?.generation ?? 0) + 1;
    await this.#tallies.put({ table, rows: (tally?.rows ?? 0) + more, generation });
    return generation;
  }

  #owned<T>(
    mode: 'r' | 'rw',
    { vaultId, epoch }: Ownership,
    tables: readonly TableName[],
    work: () => PromiseLike<T>,
  ): PromiseLike<T> {
    return this.#database.transaction(mode, ['owner', 'tallies', ...tables], async () => {
      // A reader asks for both at once: what it read is thrown away if it should not have.
      const reading = mode === 'r' ? work() : undefined;
      const owner = await this.#owner.get('owner');
      if (owner?.vaultId !== vaultId) throw new VaultFailure({ kind: 'locked' });
      if (mode === 'rw' && owner.epoch !== epoch)
        throw new StaleEpoch('the keys were changed by another tab');
      return await (reading ?? work());
    });
  }
}

const tablesOf = (rows: readonly { readonly table: TableName }[]): readonly TableName[] => [
  ...new Set(rows.map(({ table }) => table)),
];
