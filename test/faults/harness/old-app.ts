import { encode } from '@msgpack/msgpack';
import { Dexie } from 'dexie';
import type { Note } from '../../../src/learning/records';
import { keysOf, learningOf } from '../../browser/vault/raw-store';

/**
 * The store as the first version of the app left and used it, written down once and never brought up to date:
 * devices and open tabs still have it. It shares no code with the vault of today.
 */

const FIRST_TABLES = ['phrases', 'takes', 'audio', 'interactions', 'notes', 'timers', 'models'] as const;
const DAY_MS = 86_400_000;

const boundTo = (...parts: readonly (string | number)[]) =>
  new TextEncoder().encode(JSON.stringify(['claude-echo', ...parts]));

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function openFirst(name: string, stores: Record<string, string>): Promise<Dexie> {
  const database = new Dexie(name, { autoOpen: false, cache: 'disabled' });
  database.version(1).stores(stores);
  database.on('versionchange', () => {
    database.close();
    return false;
  });
  await database.open();
  if (database.backendDB().version / 10 > 1) {
    database.close();
    throw new Error('the store is newer than this app');
  }
  return database;
}

const openKeys = (vault: string) =>
  openFirst(keysOf(vault), { header: 'id', slots: 'kind', dataKeys: 'id, level' });

const openRows = (vault: string) =>
  openFirst(learningOf(vault), {
    owner: 'id',
    ...Object.fromEntries(FIRST_TABLES.map((table) => [table, 'id, keyId, day'])),
  });

export interface OldApp {
  /** Seals a note as it did, and opens the store again by itself when its connection was cut. */
  write(note: Note): Promise<void>;
  close(): void;
}

/** Makes a vault without a passphrase, as the first version did, and goes on working with it. */
export async function startOldApp(vault: string): Promise<OldApp> {
  const vaultId = crypto.randomUUID();
  const gcm = { name: 'AES-GCM', length: 256 } as const;
  const wrap = async (key: CryptoKey, by: CryptoKey, additionalData: Uint8Array<ArrayBuffer>) => {
    const iv = random(12);
    const bytes = await crypto.subtle.wrapKey('raw', key, by, { name: 'AES-GCM', iv, additionalData });
    return { iv, bytes: new Uint8Array(bytes) };
  };
  const kek = await crypto.subtle.generateKey(gcm, false, ['wrapKey', 'unwrapKey']);
  const master = await crypto.subtle.generateKey(gcm, true, ['encrypt']);
  const masterKey = await wrap(master, kek, boundTo('slot', vaultId, 1, 'device', ''));
  const input = await crypto.subtle.importKey(
    'raw',
    await crypto.subtle.exportKey('raw', master),
    'HKDF',
    false,
    ['deriveKey'],
  );
  const info = new TextEncoder().encode('claude-echo/v1/wrap');
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  const wrapping = await crypto.subtle.deriveKey(hkdf, input, gcm, false, ['wrapKey']);
  const dataKeys = await Promise.all(
    ['public', 'internal', 'private', 'confidential'].map(async (level) => {
      const id = crypto.randomUUID();
      const key = await crypto.subtle.generateKey(gcm, true, ['encrypt']);
      const wrapped = await wrap(key, wrapping, boundTo('data-key', vaultId, 1, id, level));
      const row = {
        id,
        format: 1,
        level,
        createdAt: Date.now(),
        state: 'active',
        encryptions: 4_096,
        wrapped,
      };
      return { key, row };
    }),
  );
  const active = dataKeys.find(({ row }) => row.level === 'private');
  if (active === undefined) throw new Error('no key for notes');

  let rows = await openRows(vault);
  await rows.table('owner').put({ id: 'owner', vaultId });
  const keys = await openKeys(vault);
  await keys.transaction('rw', keys.tables, async () => {
    await keys.table('header').add({ id: 'vault', format: 1, vaultId, createdAt: Date.now() });
    await keys.table('slots').add({ kind: 'device', format: 1, kek, masterKey });
    await keys.table('dataKeys').bulkAdd(dataKeys.map(({ row }) => row));
  });

  return {
    async write(note) {
      if (!rows.isOpen()) rows = await openRows(vault);
      const keyId = active.row.id;
      const header = {
        id: note.id,
        keyId,
        version: 1,
        level: 'private',
        day: Math.floor(note.createdAt / DAY_MS),
      };
      const iv = random(12);
      const additionalData = boundTo('record', 1, 'notes', ...Object.values(header));
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData },
        active.key,
        encode(note),
      );
      await rows.transaction('rw', ['owner', 'notes'], async () => {
        const owner = await rows.table('owner').get('owner');
        if (owner?.vaultId !== vaultId) throw new Error('locked');
        await rows.table('notes').put({ ...header, format: 1, iv, sealed: new Uint8Array(sealed) });
      });
    },
    close() {
      rows.close();
      keys.close();
    },
  };
}
