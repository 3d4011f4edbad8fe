import type { Dexie, Table, Transaction } from 'dexie';
import type { TableName } from '../../learning/records';
import type { Bytes } from '../crypto/associated-data';
import type { SealedRecord } from '../crypto/record-cipher';
import { deleteDatabase, openDatabase } from '../database';
import { VaultFailure } from '../vault-failure';
import { tableNames } from './table-levels';

/** Whose rows these are, and since which change of keys. A writer that missed one is told to look again. */
export interface Ownership {
  readonly vaultId: string;
  readonly epoch: number;
}

interface Owner extends Ownership {
  readonly id: 'owner';
}

interface Tally {
  readonly table: TableName;
  readonly rows: number;
}

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

/** The tables that version 1 of the app had. */
const FIRST_TABLES = ['phrases', 'takes', 'audio', 'interactions', 'notes', 'timers', 'models'] as const;

/** Version number of a stored row that may be damaged. */
const versionOf = (row: unknown): number | undefined => {
  if (typeof row !== 'object' || row === null) return undefined;
  return 'version' in row && typeof row.version === 'number' ? row.version : 0;
};

function declareVersions(database: Dexie): void {
  const first = Object.fromEntries(FIRST_TABLES.map((table) => [table, 'id, keyId, day']));
  database.version(1).stores({ owner: 'id', ...first });
  database
    .version(2)
    .stores({ learningData: 'id, keyId, day, *tokens', profiles: 'id, keyId, day', tallies: 'table' })
    .upgrade(upgradeToTallies);
}

async function upgradeToTallies(transaction: Transaction): Promise<void> {
  const owners = transaction.table<Owner, string>('owner');
  await owners.toCollection().modify({ epoch: 0 });
  for (const table of tableNames) {
    await transaction.table('tallies').put({ table, rows: await transaction.table(table).count() });
  }
}

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

  static async open(name: string): Promise<RowStore> {
    return new RowStore(await openDatabase(name, 'relaxed', declareVersions));
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

  /** From here on nobody commits rows who has not read the keys again. Answers with the new epoch. */
  async advanceEpoch(owner: Ownership): Promise<Ownership> {
    return await this.#owned('rw', owner, [], async () => {
      const next = { vaultId: owner.vaultId, epoch: owner.epoch + 1 };
      await this.#owner.put({ id: 'owner', ...next });
      return next;
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

  /** Rows that carry any of these blind-index tokens, each once. */
  async withTokens(
    owner: Ownership,
    table: TableName,
    tokens: readonly Bytes[],
  ): Promise<readonly unknown[]> {
    return await this.#owned('r', owner, [table], () =>
      this.#rows(table)
        .where('tokens')
        .anyOf([...tokens])
        .distinct()
        .toArray(),
    );
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

  /** Ids of rows sealed under a key, after `afterId` in the order of ids. */
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

  async versions(rows: readonly RowPlace[]): Promise<readonly (number | undefined)[]> {
    return await Promise.all(rows.map(async ({ table, id }) => versionOf(await this.#rows(table).get(id))));
  }

  /**
   * Writes all or nothing.
   *
   * @returns false, with nothing written, when a row is no longer the one to be replaced
   */
  async commit(owner: Ownership, puts: readonly SealedPut[], deletes: readonly RowPlace[]): Promise<boolean> {
    const tables = [...new Set([...puts, ...deletes].map(({ table }) => table))];
    return await this.#owned('rw', owner, tables, async () => {
      for (const { table, record, replaces } of puts) {
        if (versionOf(await this.#rows(table).get(record.id)) !== replaces) return false;
      }
      for (const table of tables) {
        const gone = deletes.filter((row) => row.table === table).map(({ id }) => id);
        const here = puts.filter((put) => put.table === table);
        const existing = gone.length === 0 ? 0 : await this.#rows(table).where('id').anyOf(gone).count();
        await this.#rows(table).bulkDelete(gone);
        await this.#rows(table).bulkPut(here.map((put) => put.record));
        await this.#count(table, here.filter((put) => put.replaces === undefined).length - existing);
      }
      return true;
    });
  }

  /** Adds rows with new ids, all or nothing: the fast way in for rows that replace none. */
  async append(owner: Ownership, table: TableName, records: readonly SealedRecord[]): Promise<void> {
    await this.#owned('rw', owner, [table], async () => {
      await this.#rows(table).bulkAdd([...records]);
      await this.#count(table, records.length);
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
        await this.#tallies.put({ table, rows: here.length });
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

  async #count(table: TableName, more: number): Promise<void> {
    if (more === 0) return;
    const tally = await this.#tallies.get(table);
    await this.#tallies.put({ table, rows: (tally?.rows ?? 0) + more });
  }

  #owned<T>(
    mode: 'r' | 'rw',
    { vaultId, epoch }: Ownership,
    tables: readonly TableName[],
    work: () => PromiseLike<T>,
  ): PromiseLike<T> {
    return this.#database.transaction(mode, ['owner', 'tallies', ...tables], async () => {
      const owner = await this.#owner.get('owner');
      if (owner?.vaultId !== vaultId) throw new VaultFailure({ kind: 'locked' });
      if (mode === 'rw' && owner.epoch !== epoch)
        throw new StaleEpoch('the keys were changed by another tab');
      return await work();
    });
  }
}
