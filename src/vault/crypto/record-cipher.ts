import { decode, Encoder, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { type DataPrivacyLevel, DataPrivacyLevelSchema } from '../../learning/data-privacy-level';
import { type RecordOf, recordSchemas, type TableName } from '../../learning/records';
import { associatedData, type Bytes, hex, randomBytes } from './associated-data';
import { BytesSchema, IV_BYTES } from './wrapped-key';

/** How rows are laid out and sealed. Raised when either changes; older rows stay readable. */
export const RECORD_FORMAT = 2;

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A row at rest. Everything but `iv` and `sealed` is in the clear, and all of it is authenticated. */
export const SealedRecordSchema = v.object({
  id: v.string(),
  format: v.picklist([1, RECORD_FORMAT]),
  keyId: v.string(),
  /** Differs after every write of the same id, also across delete and re-creation. */
  version: natural,
  level: DataPrivacyLevelSchema,
  /** Whole days (UTC) since 1970. */
  day: natural,
  /** Blind-index tokens to find it by, 16 bytes each. Rows of format 1 have none. */
  tokens: v.optional(v.array(BytesSchema), []),
  iv: BytesSchema,
  sealed: BytesSchema,
});

export type SealedRecord = v.InferOutput<typeof SealedRecordSchema>;

/** The clear columns of a record about to be sealed. */
export interface RecordHeader {
  readonly id: string;
  readonly keyId: string;
  readonly version: number;
  readonly level: DataPrivacyLevel;
  readonly day: number;
  readonly tokens: readonly Bytes[];
}

const boundTo = (format: SealedRecord['format'], table: TableName, header: RecordHeader): Bytes =>
  associatedData('record', [
    format,
    table,
    header.id,
    header.keyId,
    header.version,
    header.level,
    header.day,
    ...(format === 1 ? [] : header.tokens.map(hex)),
  ]);

/** Kept for rows that come by the thousand: making an encoder and its buffer costs more than using them. */
const smallRowEncoder = new Encoder({ ignoreUndefined: true });

/** MessagePack of one row; optional fields that are absent stay absent. */
export function serialiseRow<T extends TableName>(row: RecordOf<T>): Bytes {
  return encode(row, { ignoreUndefined: true });
}

/**
 * Reads what `serialiseRow` wrote, and checks it against the table's schema.
 *
 * @throws RangeError, DecodeError or ValiError when the bytes are no such row
 */
export function parseRow<T extends TableName>(table: T, bytes: Uint8Array): RecordOf<T> {
  return parseValue(table, decode(bytes));
}

/** As `parseRow`, for a value that was decoded already. */
export function parseValue<T extends TableName>(table: T, value: unknown): RecordOf<T> {
  const row: Record<string, unknown> = v.parse(recordSchemas[table], value);
  for (const [field, content] of Object.entries(row)) {
    // MessagePack hands out views of the whole message; a view would drag all of it into every
    // postMessage, and mislead whoever reads its `buffer`.
    if (content instanceof Uint8Array) row[field] = content.slice();
  }
  return row as RecordOf<T>;
}

/** Encrypts one row under a fresh random IV. */
export async function sealRecord<T extends TableName>(
  table: T,
  row: RecordOf<T>,
  header: RecordHeader,
  key: CryptoKey,
): Promise<SealedRecord> {
  const iv = randomBytes(IV_BYTES);
  const isSmall = table === 'learningData';
  const plain: Bytes = isSmall ? smallRowEncoder.encodeSharedRef(row) : serialiseRow(row);
  const sealing = crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: boundTo(RECORD_FORMAT, table, header) },
    key,
    plain,
  );
  // WebCrypto has taken its copy by now; the shared buffer outlives the keys, and must hold nothing then.
  if (isSmall) plain.fill(0);
  const sealed = await sealing;
  return { ...header, tokens: [...header.tokens], format: RECORD_FORMAT, iv, sealed: new Uint8Array(sealed) };
}

/**
 * Decrypts and parses one row.
 *
 * @throws OperationError when any bit, or any clear column, is not as it was sealed; else as `parseRow`
 */
export async function openRecord<T extends TableName>(
  table: T,
  record: SealedRecord,
  key: CryptoKey,
): Promise<RecordOf<T>> {
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: record.iv, additionalData: boundTo(record.format, table, record) },
    key,
    record.sealed,
  );
  return parseRow(table, new Uint8Array(opened));
}
