import { Dexie } from 'dexie';
import { unavailable } from './vault-failure';

// On localhost Dexie would otherwise print every expected failure to the console.
Dexie.debug = false;

const LONGEST_OPENING_MS = 8_000;
const MOST_ATTEMPTS = 4;
const BETWEEN_ATTEMPTS_MS = 50;

/**
 * Opens a database that never re-opens by itself: Dexie would otherwise come back with an empty store
 * after an eviction, or with old code on a newer schema.
 *
 * @param onLost the connection was cut: the store was deleted, evicted, or taken over by a newer version
 * @throws Dexie's errors, or a `VaultFailure` when a newer version of the app made the store
 */
export async function openDatabase(
  name: string,
  durability: 'strict' | 'relaxed',
  versions: (database: Dexie) => void,
  onLost: () => void = () => undefined,
): Promise<Dexie> {
  const database = new Dexie(name, {
    autoOpen: false,
    cache: 'disabled',
    chromeTransactionDurability: durability,
  });
  versions(database);
  const declared = database.verno;
  database.on('versionchange', () => {
    database.close();
    onLost();
    return false;
  });
  database.on('close', onLost);
  await openAgainIfBrokenOff(database);
  const installed = database.backendDB().version / 10;
  if (installed > declared) {
    database.close();
    throw unavailable(`the store has version ${installed}, this app knows version ${declared}`);
  }
  return database;
}

/** While it clears an origin's data, a browser breaks off what is being opened; right after, it opens. */
async function openAgainIfBrokenOff(database: Dexie): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openInTime(database);
    } catch (error) {
      const isBrokenOff = error instanceof Error && error.name === 'AbortError';
      if (!isBrokenOff || attempt === MOST_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
    }
  }
}

/**
 * A browser waits for ever for a tab that holds an older version and does not let go; a tab that still works
 * does so at once. An upgrade that has begun goes on, and is there at the next try.
 */
function openInTime(database: Dexie): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(unavailable('the store did not open; another tab may hold an older version of it'));
      database.close();
    }, LONGEST_OPENING_MS);
    database
      .open()
      .then(() => resolve(), reject)
      .finally(() => clearTimeout(limit));
  });
}

/** Deletes a database. Where another tab still holds it, the browser does so once that tab lets go. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onblocked = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
