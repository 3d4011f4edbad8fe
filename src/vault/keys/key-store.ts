import type { Dexie, Table, Transaction } from 'dexie';
import * as v from 'valibot';
import type { DataPrivacyLevel } from '../../learning/data-privacy-level';
import { AuditStore, markUnbegun } from '../audit/audit-store';
import { deleteDatabase, openDatabase } from '../database';
import { ClockStore } from '../maintenance/clock-store';
import { StaleEpoch } from '../rows/epoch-fence';
import { unavailable, VaultFailure } from '../vault-failure';
import {
  type DataKey,
  DataKeySchema,
  KEY_FORMAT,
  type Slot,
  type StoredMacKey,
  StoredMacKeySchema,
  type VaultHeader,
  VaultHeaderSchema,
} from './key-rows';
import { StoredSlots } from './stored-slots';

/** Whose keys these are, and under which master key. */
export interface KeyOwnership {
  readonly vaultId: string;
  readonly generation: number;
}

/** Every key below the master key. */
export interface StoredKeys {
  readonly dataKeys: readonly DataKey[];
  readonly macKeys: readonly StoredMacKey[];
}

const TABLES = ['header', 'slots', 'dataKeys', 'macKeys'] as const;

function declareVersions(database: Dexie): void {
  database.version(1).stores({ header: 'id', slots: 'kind', dataKeys: 'id, level' });
  database
    .version(2)
    .stores({ macKeys: 'id', audit: 'sequence', meta: 'id' })
    .upgrade(async (transaction) => {
      await countGenerations(transaction);
      await markUnbegun(transaction.table('meta'));
    });
}

/** Vaults of version 1 have had one master key, and keys for HMAC they get when they are first opened. */
const countGenerations = (transaction: Transaction): PromiseLike<unknown> =>
  transaction.table('header').toCollection().modify({ format: KEY_FORMAT, generation: 1 });

/**
 * The database of wrapped keys. Written rarely, and to the disk before a write is acknowledged. Whoever writes
 * must know the master key of the moment: a session that missed a new one is told that it is locked.
 */
export class KeyStore {
  /** The audit log, in the same database so that it is as durable as the keys. */
  readonly audit: AuditStore;
  /** What is known of the device's clock. */
  readonly clock: ClockStore;
  readonly #database: Dexie;
  readonly #header: Table<unknown, string>;
  readonly #slots: Table<unknown, string>;
  readonly #dataKeys: Table<unknown, string>;
  readonly #macKeys: Table<unknown, string>;

  private constructor(database: Dexie) {
    this.#database = database;
    this.audit = new AuditStore(database);
    this.clock = new ClockStore(database);
    this.#header = database.table('header');
    this.#slots = database.table('slots');
    this.#dataKeys = database.table('dataKeys');
    this.#macKeys = database.table('macKeys');
  }

  /** @param onLost as for `openDatabase` */
  static async open(name: string, onLost?: () => void): Promise<KeyStore> {
    return new KeyStore(await openDatabase(name, 'strict', declareVersions, onLost));
  }

  /** The vault and its ways in, or `undefined` when there is none. */
  async read(): Promise<{ readonly header: VaultHeader; readonly slots: StoredSlots } | undefined> {
    const [header, slots] = await this.#database.transaction('r', this.#header, this.#slots, async () => [
      await this.#header.get('vault'),
      await this.#slots.toArray(),
    ]);
    if (header === undefined) return undefined;
    const parsed = v.safeParse(VaultHeaderSchema, header);
    if (!parsed.success) throw unavailable('the header of the vault is damaged');
    return { header: parsed.output, slots: new StoredSlots(slots as readonly unknown[]) };
  }

  /** Whether the master key of `owner` still is the one that keys are wrapped under. */
  async isCurrent(owner: KeyOwnership): Promise<boolean> {
    const header = await this.#header.get('vault');
    return (
      v.is(VaultHeaderSchema, header) &&
      header.vaultId === owner.vaultId &&
      header.generation === owner.generation
    );
  }

  /** Those rows that are whole. */
  async keys(): Promise<StoredKeys> {
    return await this.#database.transaction('r', this.#dataKeys, this.#macKeys, async () => ({
      dataKeys: (await this.#dataKeys.toArray()).filter((row) => v.is(DataKeySchema, row)),
      macKeys: (await this.#macKeys.toArray()).filter((row) => v.is(StoredMacKeySchema, row)),
    }));
  }

  async dataKey(id: string): Promise<DataKey | undefined> {
    const row = await this.#dataKeys.get(id);
    return v.is(DataKeySchema, row) ? row : undefined;
  }

  async activeDataKey(level: DataPrivacyLevel): Promise<DataKey | undefined> {
    const rows = await this.#dataKeys.where('level').equals(level).toArray();
    return rows.filter((row) => v.is(DataKeySchema, row)).find((row) => row.state === 'active');
  }

  /** Brings a vault into being, all of it at once. @throws VaultFailure when there is one already */
  async insert(header: VaultHeader, slot: Slot, { dataKeys, macKeys }: StoredKeys): Promise<void> {
    await this.#database.transaction('rw', this.#database.tables, async () => {
      if ((await this.#header.count()) > 0) throw new VaultFailure({ kind: 'already-exists' });
      for (const table of this.#database.tables) await table.clear();
      await markUnbegun(this.#database.table('meta'));
      await this.#header.add(header);
      await this.#slots.add(slot);
      await this.#dataKeys.bulkAdd([...dataKeys]);
      await this.#macKeys.bulkAdd([...macKeys]);
    });
  }

  /** Makes `slot` the only way in. */
  async replaceSlots(owner: KeyOwnership, slot: Slot): Promise<void> {
    await this.#owned(owner, async () => {
      await this.#slots.clear();
      await this.#slots.add(slot);
    });
  }

  /** Adds a way in, or replaces the one of its kind; only beside a passphrase. */
  async putSlot(owner: KeyOwnership, slot: Slot): Promise<void> {
    await this.#owned(owner, async () => {
      if ((await this.#slots.get('passphrase')) === undefined) {
        throw new VaultFailure({ kind: 'passphrase-required' });
      }
      await this.#slots.put(slot);
    });
  }

  async removeSlot(owner: KeyOwnership, kind: 'passkey' | 'recovery'): Promise<void> {
    await this.#owned(owner, () => this.#slots.delete(kind));
  }

  /**
   * Puts everything under a new master key, all of it at once: from the next moment on nothing opens with the
   * one before. Keys that are not among `keys` stay as they are.
   */
  async replaceMasterKey(owner: KeyOwnership, slot: Slot, keys: StoredKeys): Promise<void> {
    await this.#owned(owner, async (header) => {
      await this.#header.put({ ...header, generation: owner.generation + 1 });
      await this.#slots.clear();
      await this.#slots.add(slot);
      await this.#dataKeys.bulkPut([...keys.dataKeys]);
      await this.#macKeys.bulkPut([...keys.macKeys]);
    });
  }

  /**
   * Adds a data key and retires the others of its level.
   *
   * @throws StaleEpoch when its rows would carry tokens of an index key that was replaced meanwhile
   */
  async activate(owner: KeyOwnership, key: DataKey & { readonly format: typeof KEY_FORMAT }): Promise<void> {
    await this.#owned(owner, async () => {
      const index = await this.#macKeys.get(key.indexKeyId);
      if (!v.is(StoredMacKeySchema, index) || index.state !== 'active') {
        throw new StaleEpoch('the index key was replaced by another tab');
      }
      await this.#dataKeys.where('level').equals(key.level).modify({ state: 'retired' });
      await this.#dataKeys.add(key);
    });
  }

  /** Adds a key for HMAC and retires the others of its use. */
  async activateMacKey(owner: KeyOwnership, key: StoredMacKey): Promise<void> {
    await this.#owned(owner, async () => {
      const others = this.#macKeys.filter((row) => v.is(StoredMacKeySchema, row) && row.use === key.use);
      await others.modify({ state: 'retired' });
      await this.#macKeys.add(key);
    });
  }

  /**
   * Counts `encryptions` more against a key, unless that passes `limit`.
   *
   * @returns whether they were granted; also false for a key that is gone or retired
   */
  async countEncryptions(id: string, encryptions: number, limit: number): Promise<boolean> {
    return await this.#database.transaction('rw', this.#dataKeys, async () => {
      const key = await this.#dataKeys.get(id);
      if (!v.is(DataKeySchema, key) || key.state !== 'active') return false;
      if (key.encryptions + encryptions > limit) return false;
      await this.#dataKeys.update(id, { encryptions: key.encryptions + encryptions });
      return true;
    });
  }

  /** Forgets a retired data key: rows under it can never be read again. */
  async dropDataKey(owner: KeyOwnership, id: string): Promise<void> {
    await this.#owned(owner, async () => {
      const key = await this.#dataKeys.get(id);
      if (v.is(DataKeySchema, key) && key.state === 'retired') await this.#dataKeys.delete(id);
    });
  }

  /** Forgets a retired key for HMAC: tokens made with it lead nowhere any more. */
  async dropMacKey(owner: KeyOwnership, id: string): Promise<void> {
    await this.#owned(owner, async () => {
      const key = await this.#macKeys.get(id);
      if (v.is(StoredMacKeySchema, key) && key.state === 'retired') await this.#macKeys.delete(id);
    });
  }

  /** Forgets every key, for good: from here on nothing in the other database can be read. */
  async shred(): Promise<void> {
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

  /** @throws VaultFailure `locked` when the vault is another one, or under another master key */
  #owned<T>(owner: KeyOwnership, work: (header: VaultHeader) => PromiseLike<T>): PromiseLike<T> {
    return this.#database.transaction('rw', [...TABLES], async () => {
      const header = await this.#header.get('vault');
      if (
        !v.is(VaultHeaderSchema, header) ||
        header.vaultId !== owner.vaultId ||
        header.generation !== owner.generation
      ) {
        throw new VaultFailure({ kind: 'locked' });
      }
      return await work(header);
    });
  }
}
