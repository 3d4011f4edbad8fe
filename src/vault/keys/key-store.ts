import type { Dexie, Table } from 'dexie';
import * as v from 'valibot';
import { DataPrivacyLevelSchema } from '../../learning/data-privacy-level';
import { AuditStore, markUpgraded } from '../audit/audit-store';
import { canonicalKdf, KdfParametersSchema } from '../crypto/passphrase-kdf';
import { type KeyBinding, WrappedKeySchema } from '../crypto/wrapped-key';
import { deleteDatabase, openDatabase } from '../database';
import { unavailable, VaultFailure } from '../vault-failure';
import type { VaultProtection } from '../vault-types';

/** How the rows of this database are laid out. */
export const KEY_FORMAT = 1;

const epoch = v.pipe(v.number(), v.integer(), v.minValue(0));

const VaultHeaderSchema = v.object({
  id: v.literal('vault'),
  format: v.literal(KEY_FORMAT),
  vaultId: v.string(),
  createdAt: epoch,
});

/** One way in: the master key under one key-encryption key. Later kinds: `passkey`, `recovery`. */
const SlotSchema = v.variant('kind', [
  v.object({
    kind: v.literal('device'),
    format: v.literal(KEY_FORMAT),
    kek: v.custom<CryptoKey>((value) => value instanceof CryptoKey),
    masterKey: WrappedKeySchema,
  }),
  v.object({
    kind: v.literal('passphrase'),
    format: v.literal(KEY_FORMAT),
    kdf: KdfParametersSchema,
    masterKey: WrappedKeySchema,
  }),
]);

const DataKeySchema = v.object({
  id: v.string(),
  format: v.literal(KEY_FORMAT),
  level: DataPrivacyLevelSchema,
  createdAt: epoch,
  /** One active key a level encrypts; retired ones only decrypt. */
  state: v.picklist(['active', 'retired']),
  /** Never less than the encryptions done: counted in advance, block by block. */
  encryptions: epoch,
  wrapped: WrappedKeySchema,
});

export type VaultHeader = v.InferOutput<typeof VaultHeaderSchema>;
export type Slot = v.InferOutput<typeof SlotSchema>;
export type DataKey = v.InferOutput<typeof DataKeySchema>;

export const protectionOf = (slot: Pick<Slot, 'kind'>): VaultProtection =>
  slot.kind === 'device' ? 'convenience' : 'passphrase';

/** What the master key in a slot is bound to; an edited kind or parameter no longer opens it. */
export const slotBinding = (
  vaultId: string,
  slot: { readonly kind: 'device' } | Pick<Extract<Slot, { kind: 'passphrase' }>, 'kind' | 'kdf'>,
): KeyBinding => [
  'slot',
  vaultId,
  KEY_FORMAT,
  slot.kind,
  slot.kind === 'passphrase' ? canonicalKdf(slot.kdf) : '',
];

export const dataKeyBinding = (vaultId: string, key: Pick<DataKey, 'id' | 'level'>): KeyBinding => [
  'data-key',
  vaultId,
  KEY_FORMAT,
  key.id,
  key.level,
];

/** The database of wrapped keys. Written rarely, and to the disk before a write is acknowledged. */
export class KeyStore {
  readonly #database: Dexie;
  readonly #header: Table<unknown, string>;
  readonly #slots: Table<unknown, string>;
  readonly #dataKeys: Table<unknown, string>;

  /** The audit log, in the same database so that it is as durable as the keys. */
  readonly audit: AuditStore;

  private constructor(database: Dexie) {
    this.#database = database;
    this.audit = new AuditStore(database);
    this.#header = database.table('header');
    this.#slots = database.table('slots');
    this.#dataKeys = database.table('dataKeys');
  }

  static async open(name: string): Promise<KeyStore> {
    return new KeyStore(
      await openDatabase(name, 'strict', (database) => {
        database.version(1).stores({ header: 'id', slots: 'kind', dataKeys: 'id, level' });
        database
          .version(2)
          .stores({ audit: 'sequence', meta: 'id' })
          .upgrade((transaction) => markUpgraded(transaction.table('meta')));
      }),
    );
  }

  /** The vault and its way in, or `undefined` when there is none. */
  async read(): Promise<{ readonly header: VaultHeader; readonly slot: Slot } | undefined> {
    const [header, slots] = await this.#database.transaction('r', this.#header, this.#slots, async () => [
      await this.#header.get('vault'),
      await this.#slots.toArray(),
    ]);
    if (header === undefined) return undefined;
    return {
      header: parse(VaultHeaderSchema, header, 'header'),
      slot: parse(SlotSchema, slots[0], 'slot'),
    };
  }

  /** The active key of every level, of those rows that are whole. */
  async activeDataKeys(): Promise<readonly DataKey[]> {
    const rows = await this.#dataKeys.toArray();
    return rows.filter((row) => v.is(DataKeySchema, row)).filter((row) => row.state === 'active');
  }

  async dataKey(id: string): Promise<DataKey | undefined> {
    const row = await this.#dataKeys.get(id);
    return v.is(DataKeySchema, row) ? row : undefined;
  }

  /** Brings a vault into being, all of it at once. @throws VaultFailure when there is one already */
  async insert(header: VaultHeader, slot: Slot, dataKeys: readonly DataKey[]): Promise<void> {
    await this.#database.transaction('rw', this.#header, this.#slots, this.#dataKeys, async () => {
      if ((await this.#header.count()) > 0) throw new VaultFailure({ kind: 'already-exists' });
      await this.#slots.clear();
      await this.#dataKeys.clear();
      await this.#header.add(header);
      await this.#slots.add(slot);
      await this.#dataKeys.bulkAdd([...dataKeys]);
    });
  }

  /** Makes `slot` the only way in. */
  async replaceSlot(slot: Slot): Promise<void> {
    await this.#database.transaction('rw', this.#slots, async () => {
      await this.#slots.clear();
      await this.#slots.add(slot);
    });
  }

  /** Adds a key and retires the others of its level. */
  async activate(key: DataKey): Promise<void> {
    await this.#database.transaction('rw', this.#dataKeys, async () => {
      await this.#dataKeys.where('level').equals(key.level).modify({ state: 'retired' });
      await this.#dataKeys.add(key);
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
}

function parse<S extends v.GenericSchema>(schema: S, row: unknown, what: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, row);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw unavailable(
    `the ${what} of the vault is damaged or unsafe: ${v.getDotPath(issue) ?? what}: ${issue.message}`,
  );
}
