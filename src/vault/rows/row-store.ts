import type { Dexie } from 'dexie';
import type { TableName } from '../../learning/records';
import type { Bytes } from '../crypto/associated-data';
import type { SealedRecord } from '../crypto/record-cipher';
import { deleteDatabase, openDatabase } from '../database';
import { CountedTable, type TableSurvey } from './counted-table';
import { EpochFence } from './epoch-fence';
import { declareRowVersions, type Ownership } from './row-schema';
import type { DayDirection, RowSearch, RowSelection } from './row-search';
import { RowTallies } from './row-tallies';
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

/**
 * The database of sealed rows: each call is one transaction, and goes through only while the rows belong to the
 * vault the caller holds keys of (`EpochFence`).
 */
export class RowStore {
  readonly #database: Dexie;
  readonly #fence: EpochFence;
  readonly #tallies: RowTallies;

  private constructor(database: Dexie) {
    this.#database = database;
    this.#fence = new EpochFence(database);
    this.#tallies = new RowTallies(database.table('tallies'));
  }

  /** @param onLost as for `openDatabase` */
  static async open(name: string, onLost?: () => void): Promise<RowStore> {
    return new RowStore(await openDatabase(name, 'relaxed', declareRowVersions, onLost));
  }

  /** Empties the store for a new vault, or (`keepRows`) makes sure that it belongs to this one. */
  claim(vaultId: string, how: { readonly keepRows: boolean }): Promise<Ownership> {
    return this.#fence.claim(vaultId, how);
  }

  /**
   * From here on nobody commits rows who has not read the keys again. Strictly durable: once this is on the disk,
   * so is every row committed before, and a key may go that they were moved away from.
   *
   * @returns the new epoch
   */
  advanceEpoch(owner: Ownership): Promise<Ownership> {
    return this.#fence.advance(owner);
  }

  /** Rows as they are stored: unchecked. */
  async all(owner: Ownership, table: TableName): Promise<readonly unknown[]> {
    return await this.#reading(owner, table, (search) => search.all());
  }

  async one(owner: Ownership, table: TableName, id: string): Promise<unknown> {
    return await this.#reading(owner, table, (search) => search.one(id));
  }

  async many(owner: Ownership, table: TableName, ids: readonly string[]): Promise<readonly unknown[]> {
    return await this.#reading(owner, table, (search) => search.many(ids));
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
    return await this.#fence.within('r', owner, [table], async () => {
      const counted = this.#table(table);
      const [found, survey] = await Promise.all([
        Promise.all(selections.map((selection) => counted.search.selected(selection))),
        counted.survey(beyond.day, beyond.direction),
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
    return await this.#fence.within('r', owner, [table], async () => {
      const counted = this.#table(table);
      const [survey, lastDay] = await Promise.all([
        counted.survey(day, direction),
        counted.search.lastDay(direction),
      ]);
      return { ...survey, lastDay };
    });
  }

  /** Every day that has rows, in order. Costs a look-up a day, however many rows it has. */
  async occupiedDays(owner: Ownership, table: TableName): Promise<readonly number[]> {
    return await this.#reading(owner, table, (search) => search.occupiedDays());
  }

  /** At most `limit` rows in the order of their ids, after `afterId`. */
  async page(
    owner: Ownership,
    table: TableName,
    afterId: string | undefined,
    limit: number,
  ): Promise<readonly unknown[]> {
    return await this.#reading(owner, table, (search) => search.page(afterId, limit));
  }

  /** Rows of the days `from` to `to`, both included; at most `limit`, the earliest days first. */
  async ofDays(
    owner: Ownership,
    table: TableName,
    days: { readonly from: number; readonly to: number },
    limit: number,
  ): Promise<readonly unknown[]> {
    return await this.#reading(owner, table, (search) => search.ofDays(days, limit));
  }

  /** At most `limit` ids of rows sealed under a key, in the order of ids, after the first `skip`. */
  async idsOnKey(
    owner: Ownership,
    table: TableName,
    keyId: string,
    limit: number,
    skip: number,
  ): Promise<readonly string[]> {
    return await this.#reading(owner, table, (search) => search.idsOnKey(keyId, limit, skip));
  }

  /** Rows of every table sealed under a key. */
  async countOnKey(owner: Ownership, keyId: string): Promise<number> {
    return await this.#fence.within('r', owner, tableNames, async () => {
      let rows = 0;
      for (const table of tableNames) rows += await this.#table(table).search.countOnKey(keyId);
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
    return await this.#fence.within('rw', owner, tables, async () => {
      const versions = await this.#versions(puts.map(({ table, record }) => ({ table, id: record.id })));
      if (puts.some(({ replaces }, at) => versions[at] !== replaces)) return false;
      for (const table of tables) {
        const here = puts.filter((put) => put.table === table);
        await this.#table(table).write(
          here.map(({ record }) => record),
          here.filter(({ replaces }) => replaces === undefined).length,
          deletes.filter((row) => row.table === table).map(({ id }) => id),
        );
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
    return await this.#fence.within('rw', owner, [table], () => this.#table(table).add(records));
  }

  /** Deletes rows by id, and rows that carry any of the tokens, all or nothing. @returns how many there were */
  async remove(
    owner: Ownership,
    table: TableName,
    what: { readonly ids: readonly string[] } | { readonly tokens: readonly Bytes[] },
  ): Promise<number> {
    return await this.#fence.within('rw', owner, [table], async () => {
      const counted = this.#table(table);
      return await counted.remove(
        'ids' in what ? [...new Set(what.ids)] : await counted.search.idsWithTokens(what.tokens),
      );
    });
  }

  /** Replaces every row of every table, all or nothing, for the vault that holds the store now. */
  async replaceAll(
    owner: Ownership,
    rows: readonly { readonly table: TableName; readonly record: SealedRecord }[],
  ): Promise<void> {
    await this.#fence.within('rw', owner, tableNames, async () => {
      for (const table of tableNames) {
        const here = rows.filter((row) => row.table === table).map((row) => row.record);
        await this.#table(table).replaceAll(here);
      }
    });
  }

  counts(): Promise<Readonly<Record<TableName, number>>> {
    return this.#tallies.all();
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

  #table(table: TableName): CountedTable {
    return new CountedTable(table, this.#database.table(table), this.#tallies);
  }

  #reading<T>(
    owner: Ownership,
    table: TableName,
    look: (search: RowSearch) => PromiseLike<T>,
  ): PromiseLike<T> {
    return this.#fence.within('r', owner, [table], () => look(this.#table(table).search));
  }

  async #versions(rows: readonly RowPlace[]): Promise<readonly (number | undefined)[]> {
    return await Promise.all(rows.map(({ table, id }) => this.#table(table).version(id)));
  }
}

const tablesOf = (rows: readonly { readonly table: TableName }[]): readonly TableName[] => [
  ...new Set(rows.map(({ table }) => table)),
];
