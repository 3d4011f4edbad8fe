import { within } from '../core/within';
import { deleteDatabase } from './database';

const LONGEST_FOLD_MS = 2_000;

/**
 * Name of a database that is empty, and gone again at once.
 *
 * @param vault prefix of its databases
 */
export const scratchDatabaseName = (vault: string): string => `${vault}-scratch`;

/**
 * Has the browser fold the log of its databases into tables, so that nothing torn is left in it.
 *
 * Chromium keeps IndexedDB in LevelDB. A process that is killed within a write leaves half of a record at the end of the
 * log. The next one takes that for the end and writes on behind it; the one after that finds a damaged record in the
 * middle, and begins an empty store in place of everything. Deleting a database makes LevelDB compact, and it does so by
 * writing out its memory and beginning a new log. That takes some ten milliseconds at the beginning of a session, whether
 * or not the last one was killed: nothing tells. In other browsers it is of no use, and does no harm.
 *
 * Never fails: a browser that opens no database says so where the vault's own are opened.
 */
export async function foldLog(vault: string): Promise<void> {
  const name = scratchDatabaseName(vault);
  const folded = touchDatabase(name).then(() => deleteDatabase(name));
  await within(LONGEST_FOLD_MS, folded).catch(() => undefined);
}

/** Makes a database that has nothing in it. */
function touchDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error);
  });
}
