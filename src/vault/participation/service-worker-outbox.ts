import * as v from 'valibot';
import type { Outbox } from '../../insights/upload-reports';
import { dueParcels } from './due-parcels';
import { OUTBOX_TABLE, ParcelRowSchema } from './ledger-rows';

/**
 * The outbox for a thread that has no vault: bare IndexedDB, because a service worker is read anew at every visit
 * and should stay small. It sees parcels alone; what is sealed beside them it neither reads nor could open.
 *
 * @param name of an insights database that exists
 */
export async function openServiceWorkerOutbox(
  name: string,
): Promise<(Outbox & { close(): void }) | undefined> {
  const database = await openExisting(name);
  if (database === undefined) return undefined;
  // Whoever deletes it does not wait for this.
  database.onversionchange = () => database.close();
  return {
    due: async (endpoint) => {
      const rows = await answered(outboxOf(database, 'readonly').getAll());
      const parcels = rows.filter((row) => v.is(ParcelRowSchema, row));
      return dueParcels(parcels, endpoint, Date.now());
    },
    settle: async (id, delivery) => {
      const outbox = outboxOf(database, 'readwrite');
      const row: unknown = await answered(outbox.get(id));
      if (!v.is(ParcelRowSchema, row) || row.delivery !== 'waiting') return;
      await answered(outbox.put({ ...row, body: new Uint8Array(0), delivery }));
    },
    close: () => database.close(),
  };
}

function openExisting(name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    // It is not there: looking must not make it.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () =>
      request.error?.name === 'AbortError' ? resolve(undefined) : reject(request.error);
  });
}

const outboxOf = (database: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore =>
  database.transaction(OUTBOX_TABLE, mode, { durability: 'strict' }).objectStore(OUTBOX_TABLE);

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
