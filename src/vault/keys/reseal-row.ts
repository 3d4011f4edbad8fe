import * as v from 'valibot';
import type { TableName } from '../../learning/records';
import { blindTokens } from '../crypto/blind-index';
import { SealedRecordSchema, sealRecord } from '../crypto/record-cipher';
import { termsOfRow } from '../rows/index-terms';
import type { SealedPut } from '../rows/row-store';
import { openRow } from '../rows/sealed-rows';
import type { KeyRing } from './key-ring';

/**
 * A stored row under the active keys of the moment: the same content, level and day, and the tokens anew.
 *
 * @returns `undefined` when it does not open
 */
export async function resealRow(
  table: TableName,
  id: string,
  stored: unknown,
  ring: KeyRing,
): Promise<SealedPut | undefined> {
  const row = await openRow(table, id, stored, ring);
  const before = v.safeParse(SealedRecordSchema, stored);
  if (row === undefined || !before.success) return undefined;
  const { version, level, day } = before.output;
  const tokens = await blindTokens(ring.indexKeys().active, termsOfRow(table, row, day));
  const { id: keyId, key } = await ring.sealingKey(level);
  const header = { id, keyId, version: version + 1, level, day, tokens };
  return { table, record: await sealRecord(table, row, header, key), replaces: version };
}
