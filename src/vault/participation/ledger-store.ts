import { Dexie, type Table } from 'dexie';
import * as v from 'valibot';
import { deleteDatabase, openDatabase } from '../database';
import { unavailable } from '../vault-failure';
import {
  LEDGER_FORMAT,
  ledgerDatabaseName,
  OUTBOX_TABLE,
  type ParcelRow,
  ParcelRowSchema,
  type SealedLedgerRow,
  STATE_ID,
} from './ledger-rows';

/** More reports than these do not wait. */
export const MOST_QUEUED = 1_000;

/** What is stored, as one moment saw it. */
export interface StoredLedger {
  /** `undefined` when nobody ever took part. */
  readonly state: unknown;
  readonly entries: readonly unknown[];
  readonly parcels: readonly ParcelRow[];
}

/** Everything one change writes, all of it or nothing. */
export interface LedgerWrite {
  /** The state as it was read: written only if it is still so. */
  readonly after: unknown;
  readonly state: SealedLedgerRow;
  readonly add?: { readonly entry: SealedLedgerRow; readonly parcel: ParcelRow };
  /** Entries, and their parcels, that no rule asks for any more. */
  readonly drop?: readonly string[];
}

const NOTHING: StoredLedger = { state: undefined, entries: [], parcels: [] };

function declareVersions(database: Dexie): void {
  database.version(1).stores({ state: 'id', ledger: 'id', [OUTBOX_TABLE]: 'id' });
}

/**
 * The database of what was spent and what waits to be sent, in one, so that one strict transaction spends the
 * budget and queues the bytes. It is made when somebody first takes part, and never by looking.
 */
export class LedgerStore {
  readonly #name: string;
  #opening: Promise<Dexie> | undefined;

  constructor(vaultName: string) {
    this.#name = ledgerDatabaseName(vaultName);
  }

  async read(): Promise<StoredLedger> {
    if (!(await Dexie.exists(this.#name))) return NOTHING;
    const database = await this.#open();
    return await database.transaction('r', database.tables, async () => ({
      state: await database.table('state').get(STATE_ID),
      entries: await database.table('ledger').toArray(),
      parcels: (await database.table(OUTBOX_TABLE).toArray()).filter((row) => v.is(ParcelRowSchema, row)),
    }));
  }

  /** @throws VaultFailure `unavailable` when somebody else wrote since, or the outbox is full */
  async write({ after, state, add, drop = [] }: LedgerWrite): Promise<void> {
    const database = await this.#open();
    const [states, ledger, outbox] = tablesOf(database);
    await database.transaction('rw', database.tables, async () => {
      if (sealOf(await states.get(STATE_ID)) !== sealOf(after)) throw unavailable('the ledger was changed');
      await states.put(state);
      await ledger.bulkDelete([...drop]);
      await outbox.bulkDelete([...drop]);
      if (add === undefined) return;
      const queued = await outbox.filter((row) => isWaiting(row)).count();
      if (queued >= MOST_QUEUED) throw unavailable('too many reports wait to be sent');
      await ledger.add(add.entry);
      await outbox.add(add.parcel);
    });
  }

  /** Destroys ledger and outbox; `state` is all that is left. */
  async reduceTo(state: SealedLedgerRow): Promise<void> {
    const database = await this.#open();
    await database.transaction('rw', database.tables, async () => {
      for (const table of database.tables) await table.clear();
      await database.table('state').put(state);
    });
  }

  /** The parcel is delivered: its bytes go, the receipt has them. */
  async settle(id: string, delivery: 'counted' | 'refused'): Promise<void> {
    // Somebody may have left while it was on its way.
    if (!(await Dexie.exists(this.#name))) return;
    const database = await this.#open();
    const [, , outbox] = tablesOf(database);
    await database.transaction('rw', outbox, async () => {
      const row = await outbox.get(id);
      if (isWaiting(row)) await outbox.put({ ...row, body: new Uint8Array(0), delivery });
    });
  }

  /** Leaves nothing behind. */
  async delete(): Promise<void> {
    await this.close();
    await deleteDatabase(this.#name);
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    const [opened] = await Promise.allSettled([opening]);
    if (opened.status === 'fulfilled') opened.value?.close();
  }

  #open(): Promise<Dexie> {
    if (this.#opening !== undefined) return this.#opening;
    const opening = openDatabase(this.#name, 'strict', declareVersions, () => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }
}

/** A parcel as it is first queued. */
export const newParcel = (
  id: string,
  endpoint: string,
  body: Uint8Array<ArrayBuffer>,
  sendAfterMs: number,
): ParcelRow => ({ id, format: LEDGER_FORMAT, endpoint, body, sendAfterMs, delivery: 'waiting' });

const isWaiting = (row: unknown): row is ParcelRow =>
  v.is(ParcelRowSchema, row) && row.delivery === 'waiting';

function tablesOf(database: Dexie): readonly [Table, Table, Table] {
  return [database.table('state'), database.table('ledger'), database.table(OUTBOX_TABLE)];
}

/** Tells two states apart: every seal has an IV of its own. */
const sealOf = (row: unknown): string =>
  typeof row === 'object' && row !== null && 'iv' in row && row.iv instanceof Uint8Array ? row.iv.join() : '';
