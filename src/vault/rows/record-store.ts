import type { Dexie, Table } from 'dexie';
import type { TableName } from '../../learning/records';
import type { SealedRecord } from '../crypto/record-cipher';
import { deleteDatabase, openDatabase } from '../database';
import { VaultFailure } from '../vault-failure';
import { tableNames } from './table-levels';

interface Owner {
  readonly id: 'owner';
  readonly vaultId: string;
}

export interface SealedPut {
  readonly table: TableName;
  readonly record: SealedRecord;
  /** Version of the row this one replaces; `undefined` when there was none. */
  readonly replaces: number | undefined;
}

/** Version number of a stored row that may be damaged. */
const versionOf = (row: unknown): number | undefined => {
  if (typeof row !== 'object' || row === null) return undefined;
  return 'version' in row && typeof row.version === 'number' ? row.version : 0;
};

/**
 * The database of sealed rows. Every transaction first checks that the rows still belong to the vault the
 * caller holds keys of: after a deletion or an eviction in another tab nothing is written that nobody
 * could ever read.
 */
export class RecordStore {
  readonly #database: Dexie;
  readonly #owner: Table<Owner, string>;

  private constructor(database: Dexie) {
    this.#database = database;
    this.#owner = database.table('owner');
  }

  static async open(name: string): Promise<RecordStore> {
    return new RecordStore(
      await openDatabase(name, 'relaxed', (database) => {
        const rows = Object.fromEntries(tableNames.map((table) => [table, 'id, keyId, day']));
        database.version(1).stores({ owner: 'id', ...rows });
      }),
    );
  }

  /** Empties the store for a new vault, or (`keepRows`) makes sure that it belongs to this one. */
  async claim(vaultId: string, { keepRows }: { readonly keepRows: boolean }): Promise<void> {
    await this.#database.transaction('rw', this.#database.tables, async () => {
      if (!keepRows) for (const table of this.#database.tables) await table.clear();
      await this.#owner.put({ id: 'owner', vaultId });
    });
  }

  /** Rows as they are stored: unchecked. */
  async all(vaultId: string, table: TableName): Promise<readonly unknown[]> {
    return await this.#owned('r', vaultId, [table], () => this.#rows(table).toArray());
  }

  async one(vaultId: string, table: TableName, id: string): Promise<unknown> {
    return await this.#owned('r', vaultId, [table], () => this.#rows(table).get(id));
  }

  async versions(
    rows: readonly { readonly table: TableName; readonly id: string }[],
  ): Promise<readonly (number | undefined)[]> {
    return await Promise.all(rows.map(async ({ table, id }) => versionOf(await this.#rows(table).get(id))));
  }

  /**
   * Writes all or nothing.
   *
   * @returns false, with nothing written, when a row is no longer the one to be replaced
   */
  async commit(
    vaultId: string,
    puts: readonly SealedPut[],
    deletes: readonly { readonly table: TableName; readonly id: string }[],
  ): Promise<boolean> {
    const tables = [...new Set([...puts, ...deletes].map(({ table }) => table))];
    return await this.#owned('rw', vaultId, tables, async () => {
      for (const { table, record, replaces } of puts) {
        if (versionOf(await this.#rows(table).get(record.id)) !== replaces) return false;
      }
      for (const table of tables) {
        await this.#rows(table).bulkDelete(deletes.filter((row) => row.table === table).map(({ id }) => id));
        await this.#rows(table).bulkPut(puts.filter((put) => put.table === table).map((put) => put.record));
      }
      return true;
    });
  }

  /** Replaces every row of every table, all or nothing, for the vault that holds the store now. */
  async replaceAll(
    vaultId: string,
    rows: readonly { readonly table: TableName; readonly record: SealedRecord }[],
  ): Promise<void> {
    await this.#owned('rw', vaultId, tableNames, async () => {
      for (const table of tableNames) {
        await this.#rows(table).clear();
        await this.#rows(table).bulkPut(rows.filter((row) => row.table === table).map((row) => row.record));
      }
    });
  }

  async counts(): Promise<Readonly<Record<TableName, number>>> {
    const counts = await this.#database.transaction('r', this.#database.tables, () =>
      Promise.all(tableNames.map((table) => this.#rows(table).count())),
    );
    return Object.fromEntries(tableNames.map((table, at) => [table, counts[at]])) as Record<
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

  #owned<T>(
    mode: 'r' | 'rw',
    vaultId: string,
    tables: readonly TableName[],
    work: () => PromiseLike<T>,
  ): PromiseLike<T> {
    return this.#database.transaction(mode, ['owner', ...tables], async () => {
      const owner = await this.#owner.get('owner');
      if (owner?.vaultId !== vaultId) throw new VaultFailure({ kind: 'locked' });
      return await work();
    });
  }
}
