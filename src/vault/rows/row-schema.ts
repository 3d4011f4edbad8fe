import type { Dexie, Transaction } from 'dexie';
import type { TableName } from '../../learning/records';
import { tableNames } from './table-levels';

/** Whose rows these are, and since which change of keys. A writer that missed one is told to look again. */
export interface Ownership {
  readonly vaultId: string;
  readonly epoch: number;
}

/** The one row of the table `owner`. */
export interface Owner extends Ownership {
  readonly id: 'owner';
}

/** One row a table in `tallies`: IndexedDB would count a million rows one by one. */
export interface Tally {
  readonly table: TableName;
  readonly rows: number;
  /** Goes up with every transaction that writes to the table, in whichever tab. */
  readonly generation: number;
}

/** The tables that version 1 of the app had. */
const FIRST_TABLES = ['phrases', 'takes', 'audio', 'interactions', 'notes', 'timers', 'models'] as const;

/** Every layout this database ever had, and the way from each to the next. */
export function declareRowVersions(database: Dexie): void {
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
    const rows = await transaction.table(table).count();
    await transaction.table<Tally, string>('tallies').put({ table, rows, generation: 0 });
  }
}
