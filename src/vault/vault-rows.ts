import type { RecordOf, TableName } from '../learning/records';
import { checkedRow, idOfStored, openRow, sealRows, type TableRow } from './rows/sealed-rows';
import { tableNames } from './rows/table-levels';
import { unavailable } from './vault-failure';
import type { VaultSession } from './vault-session';
import type { VaultRows, VaultWrite } from './vault-types';

/** How often a write starts over because a tab that lost the lock changed the same row meanwhile. */
const MOST_ATTEMPTS = 5;

export async function listRows<T extends TableName>(
  table: T,
  { ring, rows, owner }: VaultSession,
): Promise<VaultRows<T>> {
  const stored = await rows.all(owner, table);
  const opened = await Promise.all(stored.map((row) => openRow(table, idOfStored(row), row, ring)));
  return {
    rows: opened.filter((row) => row !== undefined),
    quarantined: stored.filter((_, at) => opened[at] === undefined).map(idOfStored),
  };
}

/** Every row that can be read. */
export async function everyRow(session: VaultSession): Promise<readonly TableRow[]> {
  const entries: TableRow[] = [];
  for (const table of tableNames) {
    const listed = await listRows(table, session);
    for (const row of listed.rows) entries.push({ table, row } as TableRow);
  }
  return entries;
}

export async function oneRow<T extends TableName>(
  table: T,
  id: string,
  { ring, rows, owner }: VaultSession,
): Promise<RecordOf<T> | undefined> {
  return openRow(table, id, await rows.one(owner, table, id), ring);
}

/** All of it or none of it. The last of several writes to one row counts. */
export async function writeRows(
  writes: readonly VaultWrite[],
  { ring, rows, owner, clock }: VaultSession,
): Promise<void> {
  const puts = new Map<string, TableRow>();
  const deletes = new Map<string, { readonly table: TableName; readonly id: string }>();
  for (const write of writes) {
    const id = write.op === 'put' ? write.row.id : write.id;
    const place = `${write.table}|${id}`;
    puts.delete(place);
    deletes.delete(place);
    if (write.op === 'put') puts.set(place, checkedRow(write));
    else deletes.set(place, { table: write.table, id });
  }
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const entries = [...puts.values()];
    const replaced = await rows.versions(entries.map(({ table, row }) => ({ table, id: row.id })));
    const sealed = await sealRows(entries, ring, clock, replaced);
    if (await rows.commit(owner, sealed, [...deletes.values()])) return;
  }
  throw unavailable('another tab keeps changing the same rows');
}
