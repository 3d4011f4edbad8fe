import { keysOf, type RawRow, rawRows } from '../../browser/vault/raw-store';

export interface Edit {
  readonly what: string;
  readonly row: RawRow;
}

/**
 * A stored row with one thing changed at a time: every byte of every column (so many of its bits), every number and
 * text, every column left out or of another type.
 *
 * @param kept columns that are left alone
 */
export function editsOf(row: RawRow, kept: readonly string[], bitsPerByte: number): readonly Edit[] {
  const edits: Edit[] = [];
  const edit = (what: string, column: string, value: unknown) =>
    edits.push({ what, row: { ...row, [column]: value } });
  for (const [column, value] of Object.entries(row)) {
    if (kept.includes(column)) continue;
    if (value instanceof Uint8Array) {
      for (let at = 0; at < value.length * bitsPerByte; at += 1) {
        const flipped = value.slice();
        const byte = Math.floor(at / bitsPerByte);
        flipped[byte] = (flipped[byte] ?? 0) ^ (1 << ((at + byte) % 8));
        edit(`${column}, byte ${byte}`, column, flipped);
      }
      for (const length of [0, value.length - 1])
        edit(`${column} cut to ${length}`, column, value.slice(0, length));
    }
    if (typeof value === 'number')
      for (let bit = 0; bit < 16; bit += 1) edit(`${column}, bit ${bit}`, column, value ^ (1 << bit));
    if (typeof value === 'string') edit(`${column} longer`, column, `${value}x`);
    if (!Array.isArray(value)) {
      const { [column]: _, ...without } = row;
      edits.push({ what: `no ${column}`, row: without });
    }
    edit(`${column} of another type`, column, { a: 1 });
  }
  return edits;
}

export interface AuditTables {
  readonly entries: readonly RawRow[];
  readonly heads: readonly RawRow[];
}

/** The audit log as it is stored. */
export const auditTables = async (vault: string): Promise<AuditTables> => ({
  entries: await rawRows(keysOf(vault), 'audit'),
  heads: (await rawRows(keysOf(vault), 'meta')).filter(({ id }) => id === 'audit-head'),
});

/** Makes the stored audit log exactly these rows. */
export function putAuditTables(vault: string, { entries, heads }: AuditTables): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(keysOf(vault));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      const transaction = database.transaction(['audit', 'meta'], 'readwrite', { durability: 'relaxed' });
      const [audit, meta] = [transaction.objectStore('audit'), transaction.objectStore('meta')];
      audit.clear();
      meta.delete('audit-head');
      for (const entry of entries) audit.put(entry);
      for (const head of heads) meta.put(head);
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
      transaction.onabort = () => reject(transaction.error);
    };
  });
}
