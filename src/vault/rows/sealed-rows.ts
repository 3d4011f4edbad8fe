import * as v from 'valibot';
import type { Clock } from '../../core/clock';
import { type RecordOf, recordSchemas, type TableName } from '../../learning/records';
import { type Bytes, randomBytes } from '../crypto/associated-data';
import { blindTokens, type IndexTerm } from '../crypto/blind-index';
import { openRecord, type RecordHeader, SealedRecordSchema, sealRecord } from '../crypto/record-cipher';
import type { KeyRing } from '../keys/key-ring';
import { VaultFailure } from '../vault-failure';
import { termsOfRow } from './index-terms';
import type { SealedPut } from './row-store';
import { dayOfRow, levelOfRow } from './table-levels';

/** A row that fits its table's schema. */
export type TableRow = { [T in TableName]: { readonly table: T; readonly row: RecordOf<T> } }[TableName];

/** @throws VaultFailure `invalid-row`, with the path of the first thing wrong */
export function checkedRow({ table, row }: TableRow): TableRow {
  const parsed = v.safeParse(recordSchemas[table], row);
  if (parsed.success) return { table, row: parsed.output } as TableRow;
  const [issue] = parsed.issues;
  const detail = `${v.getDotPath(issue) ?? '(row)'}: ${issue.message}`;
  throw new VaultFailure({ kind: 'invalid-row', table, detail });
}

/** Random, so that a row that was deleted and made again does not repeat a version. */
function firstVersion(): number {
  const [high = 0, low = 0] = new Uint16Array(randomBytes(4).buffer);
  return high * 2 ** 16 + low;
}

/**
 * Seals rows under the active keys of their tables' levels, with the tokens to find them by.
 *
 * @param replaced for each row the version it takes the place of; none of them where left out
 */
export async function sealRows(
  rows: readonly TableRow[],
  ring: KeyRing,
  clock: Clock,
  replaced: readonly (number | undefined)[] = [],
): Promise<readonly SealedPut[]> {
  const nowMs = clock.now();
  const days = rows.map(({ table, row }) => dayOfRow(table, row, nowMs));
  const terms = rows.map(({ table, row }, at) => termsOfRow(table, row, days[at] as number));
  const tokens = await tokensOfRows(terms, ring);
  return await Promise.all(
    rows.map(async ({ table, row }, at) => {
      const level = levelOfRow(table, row);
      const { id: keyId, key } = await ring.sealingKey(level);
      const replaces = replaced[at];
      const version = replaces === undefined ? firstVersion() : replaces + 1;
      const header: RecordHeader = {
        id: row.id,
        keyId,
        version,
        level,
        day: days[at] as number,
        tokens: tokens[at] as readonly Bytes[],
      };
      return { table, record: await sealRecord(table, row, header, key), replaces };
    }),
  );
}

/** The tokens of each row, computed together: rows of one person and day share theirs. */
async function tokensOfRows(
  terms: readonly (readonly IndexTerm[])[],
  ring: KeyRing,
): Promise<readonly (readonly Bytes[])[]> {
  const flat = terms.flat();
  if (flat.length === 0) return terms.map(() => []);
  const tokens = await blindTokens(ring.indexKeys().active, flat);
  let next = 0;
  return terms.map(({ length }) => {
    next += length;
    return tokens.slice(next - length, next);
  });
}

/** The row inside a stored one; `undefined` when it does not decrypt or parse. */
export async function openRow<T extends TableName>(
  table: T,
  id: string,
  stored: unknown,
  ring: KeyRing,
): Promise<RecordOf<T> | undefined> {
  const sealed = v.safeParse(SealedRecordSchema, stored);
  if (!sealed.success || sealed.output.id !== id) return undefined;
  const key = await ring.openingKey(sealed.output.keyId);
  if (key === undefined) return undefined;
  try {
    return await openRecord(table, sealed.output, key);
  } catch {
    // Whatever is wrong with one row, `list` names it as quarantined and the others go on working.
    return undefined;
  }
}

/** The primary key IndexedDB found the row under: always there, whatever else was damaged. */
export const idOfStored = (stored: unknown): string =>
  typeof stored === 'object' && stored !== null && 'id' in stored ? String(stored.id) : '';
