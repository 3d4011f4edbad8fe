import { encode } from '@msgpack/msgpack';
import stored from '../../fixtures/vaults/v1-passphrase.json';
import { keysOf, learningOf } from './raw-store';

/** Vaults as version 1 of both databases had them, put into this browser without any code of the app. */

const LEARNING_TABLES = ['phrases', 'takes', 'audio', 'interactions', 'notes', 'timers', 'models'] as const;

type Rows = Readonly<Record<string, readonly unknown[]>>;

/** Bytes that JSON cannot hold are base64 under `$bytes`. */
function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(revived);
  if ('$bytes' in value) {
    return Uint8Array.from(atob(String(value.$bytes)), (char) => char.charCodeAt(0));
  }
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, revived(content)]));
}

export const PASSPHRASE_OF_FIXTURE = stored.passphrase;
export const rowsOfFixture = revived(stored.rows) as Rows;

function makeDatabase(name: string, stores: Readonly<Record<string, readonly string[]>>, rows: Rows) {
  return new Promise<void>((resolve, reject) => {
    // Dexie multiplies its version numbers by ten.
    const request = indexedDB.open(name, 10);
    request.onupgradeneeded = () => {
      for (const [store, [key, ...indexes]] of Object.entries(stores)) {
        const made = request.result.createObjectStore(store, { keyPath: key ?? 'id' });
        for (const index of indexes) made.createIndex(index, index);
        for (const row of rows[store] ?? []) made.put(row);
      }
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

async function makeVault(name: string, keys: Rows, learning: Rows): Promise<void> {
  await makeDatabase(keysOf(name), { header: ['id'], slots: ['kind'], dataKeys: ['id', 'level'] }, keys);
  const tables = LEARNING_TABLES.map((table) => [table, ['id', 'keyId', 'day']] as const);
  await makeDatabase(learningOf(name), { owner: ['id'], ...Object.fromEntries(tables) }, learning);
}

/** The vault of the fixture, with a passphrase. */
export async function makeVersion1Vault(name: string): Promise<void> {
  const { keys, learning } = stored.databases;
  await makeVault(name, revived(keys) as Rows, revived(learning) as Rows);
}

const bound = (purpose: string, ...parts: readonly (string | number)[]) =>
  new TextEncoder().encode(JSON.stringify(['claude-echo', purpose, ...parts]));

const gcm = (additionalData: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv: crypto.getRandomValues(new Uint8Array(12)),
  additionalData,
});

const aesKey = (isExtractable: boolean, usages: readonly KeyUsage[]) =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, isExtractable, [...usages]);

async function wrapped(key: CryptoKey, by: CryptoKey, binding: Uint8Array<ArrayBuffer>) {
  const cipher = gcm(binding);
  const bytes = new Uint8Array(await crypto.subtle.wrapKey('raw', key, by, cipher));
  return { iv: cipher.iv, bytes };
}

/**
 * A vault in convenience mode with one note. A file cannot hold the key that a browser keeps, so it is made
 * here, byte by byte as decision record 0005 has it.
 */
export async function makeVersion1ConvenienceVault(
  name: string,
  note: { readonly id: string },
): Promise<void> {
  const vaultId = crypto.randomUUID();
  const keyId = crypto.randomUUID();
  const kek = await aesKey(false, ['wrapKey', 'unwrapKey']);
  const master = await aesKey(true, ['encrypt']);
  const input = await crypto.subtle.importKey(
    'raw',
    await crypto.subtle.exportKey('raw', master),
    'HKDF',
    false,
    ['deriveKey'],
  );
  const wrappingKey = await crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(0),
      info: new TextEncoder().encode('claude-echo/v1/wrap'),
    },
    input,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  );
  const dataKey = await aesKey(true, ['encrypt']);
  const createdAt = Date.now();
  const clear = { id: note.id, format: 1, keyId, version: 41, level: 'private', day: 20_148 };
  const cipher = gcm(bound('record', 1, 'notes', note.id, keyId, 41, 'private', 20_148));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher, dataKey, encode(note)));
  await makeVault(
    name,
    {
      header: [{ id: 'vault', format: 1, vaultId, createdAt }],
      slots: [
        {
          kind: 'device',
          format: 1,
          kek,
          masterKey: await wrapped(master, kek, bound('slot', vaultId, 1, 'device', '')),
        },
      ],
      dataKeys: [
        {
          id: keyId,
          format: 1,
          level: 'private',
          createdAt,
          state: 'active',
          encryptions: 4_096,
          wrapped: await wrapped(dataKey, wrappingKey, bound('data-key', vaultId, 1, keyId, 'private')),
        },
      ],
    },
    { owner: [{ id: 'owner', vaultId }], notes: [{ ...clear, iv: cipher.iv, sealed }] },
  );
}
