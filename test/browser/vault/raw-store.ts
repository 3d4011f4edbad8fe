/** The databases of a vault as somebody without keys finds them: straight through IndexedDB. */

const names = (vault: string) => [`${vault}-keys`, `${vault}-learning`];

export const keysOf = (vault: string) => `${vault}-keys`;
export const learningOf = (vault: string) => `${vault}-learning`;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function withDatabase<T>(name: string, work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const database = await done(indexedDB.open(name));
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

export type RawRow = Record<string, unknown>;

/** Every row of one object store. */
export const rawRows = (database: string, table: string): Promise<RawRow[]> =>
  withDatabase(database, (opened) => done(opened.transaction(table).objectStore(table).getAll()));

export const putRaw = (database: string, table: string, row: unknown): Promise<unknown> =>
  withDatabase(database, async (opened) => {
    const transaction = opened.transaction(table, 'readwrite');
    transaction.objectStore(table).put(row);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  });

/** Everything in both databases, flattened to bytes, to be searched. */
export async function everyByte(vault: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const name of names(vault)) {
    await withDatabase(name, async (opened) => {
      for (const table of opened.objectStoreNames) {
        for (const row of await done(opened.transaction(table).objectStore(table).getAll())) {
          flatten(row, parts);
        }
      }
    });
  }
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function flatten(value: unknown, parts: Uint8Array[]): void {
  if (value instanceof Uint8Array) parts.push(value);
  else if (typeof value === 'object' && value !== null && !(value instanceof CryptoKey)) {
    for (const [name, content] of Object.entries(value)) {
      parts.push(new TextEncoder().encode(name));
      flatten(content, parts);
    }
  } else parts.push(new TextEncoder().encode(String(value)));
}

/** How often `needle` occurs in `haystack`. */
export function occurrences(haystack: Uint8Array, needle: Uint8Array): number {
  let found = 0;
  for (let at = 0; at <= haystack.length - needle.length; at += 1) {
    if (needle.every((byte, offset) => haystack[at + offset] === byte)) found += 1;
  }
  return found;
}
