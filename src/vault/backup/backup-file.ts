import { decode, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import type { Clock } from '../../core/clock';
import { recordSchemas, type TableName } from '../../learning/records';
import { associatedData, type Bytes, hex, utf8 } from '../crypto/associated-data';
import { calibrateAndStretch } from '../crypto/kdf-calibration';
import { deriveAesKey, importSecret, keyLabels } from '../crypto/key-labels';
import { KdfParametersSchema, normalisePassphrase, stretchPassphrase } from '../crypto/passphrase-kdf';
import { parseRow, RECORD_FORMAT, serialiseRow } from '../crypto/record-cipher';
import { BytesSchema, IV_BYTES } from '../crypto/wrapped-key';
import type { TableRow } from '../rows/sealed-rows';
import { VaultFailure } from '../vault-failure';

/*
 * Layout, integers big endian:
 *   magic (8 bytes) | file format u32 | header length u32 | header (MessagePack)
 *   frames: length u32 | AES-256-GCM ciphertext. The first is empty and proves the passphrase; each other
 *           holds about 1 MiB of rows; the last is marked as such in its associated data
 *   SHA-256 of all before: tells damage from a wrong passphrase, and is no protection by itself
 * Every frame is bound to the bytes before the first one, to its place, and to whether it is the last.
 */
const MAGIC = utf8('ECHOVLT\n');
const FILE_FORMAT = 1;
const HEADER_AT = MAGIC.length + 8;
const DIGEST_BYTES = 32;
const FRAME_TARGET_BYTES = 1024 * 1024;

const HeaderSchema = v.object({
  kdf: KdfParametersSchema,
  /** Layout of the rows inside. */
  recordFormat: v.pipe(v.number(), v.integer(), v.minValue(1)),
  createdAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const FrameSchema = v.array(
  v.tuple([v.picklist(Object.keys(recordSchemas) as readonly TableName[]), BytesSchema]),
);

const bad = (reason: 'not-a-backup' | 'damaged' | 'newer-version'): VaultFailure =>
  new VaultFailure({ kind: 'bad-backup', reason });

/** Seals rows into one file. @param passphrase checked by the caller */
export async function encodeBackup(
  rows: readonly TableRow[],
  passphrase: string,
  clock: Clock,
): Promise<Bytes> {
  const { kdf, secret } = await calibrateAndStretch(normalisePassphrase(passphrase).bytes, clock);
  const key = await deriveAesKey(await importSecret(secret), keyLabels.backup, ['encrypt']);
  const header = encode({ kdf, recordFormat: RECORD_FORMAT, createdAt: clock.now() });
  const start = concat([MAGIC, u32(FILE_FORMAT), u32(header.length), header]);
  const startDigest = hex(await sha256(start));

  const parts: Bytes[] = [start];
  const frames = [new Uint8Array(0), ...framesOf(rows), encode([])];
  for (const [index, frame] of frames.entries()) {
    const cipher = frameCipher(startDigest, index, index === frames.length - 1);
    const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher, key, frame));
    parts.push(u32(sealed.length), sealed);
  }
  const body = concat(parts);
  return concat([body, await sha256(body)]);
}

/**
 * Opens and checks a whole file.
 *
 * @throws VaultFailure `bad-backup`, or `wrong-passphrase` when the file is whole but does not open
 */
export async function decodeBackup(file: Uint8Array, passphrase: string): Promise<readonly TableRow[]> {
  const { start, header, frames } = await takeApart(new Uint8Array(file));
  const { bytes } = normalisePassphrase(passphrase);
  if (bytes.length === 0) throw new VaultFailure({ kind: 'wrong-passphrase' });
  const secret = await stretchPassphrase(bytes, header.kdf);
  const key = await deriveAesKey(await importSecret(secret), keyLabels.backup, ['decrypt']);
  const startDigest = hex(await sha256(start));

  const rows: TableRow[] = [];
  for (const [index, frame] of frames.entries()) {
    const cipher = frameCipher(startDigest, index, index === frames.length - 1);
    const opened = await decryptFrame(cipher, key, frame, index);
    if (index > 0) rows.push(...rowsOfFrame(opened));
  }
  return rows;
}

async function decryptFrame(
  cipher: AesGcmParams,
  key: CryptoKey,
  frame: Bytes,
  index: number,
): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(cipher, key, frame));
  } catch {
    // GCM says nothing but "no"; the place of the frame tells what that means.
    throw index === 0 ? new VaultFailure({ kind: 'wrong-passphrase' }) : bad('damaged');
  }
}

function rowsOfFrame(frame: Bytes): readonly TableRow[] {
  try {
    return v
      .parse(FrameSchema, decode(frame))
      .map(([table, bytes]) => ({ table, row: parseRow(table, bytes) }) as TableRow);
  } catch {
    // Authentic, so one of ours, yet not as our schemas have it: nothing of it is taken.
    throw bad('damaged');
  }
}

async function takeApart(file: Bytes): Promise<{
  readonly start: Bytes;
  readonly header: v.InferOutput<typeof HeaderSchema>;
  readonly frames: readonly Bytes[];
}> {
  if (file.length < MAGIC.length || MAGIC.some((byte, at) => file[at] !== byte)) throw bad('not-a-backup');
  if (file.length < HEADER_AT + DIGEST_BYTES) throw bad('damaged');
  const view = new DataView(file.buffer);
  if (view.getUint32(MAGIC.length) > FILE_FORMAT) throw bad('newer-version');
  const end = file.length - DIGEST_BYTES;
  if (hex(await sha256(file.subarray(0, end))) !== hex(file.subarray(end))) throw bad('damaged');

  const framesAt = HEADER_AT + view.getUint32(MAGIC.length + 4);
  if (framesAt > end) throw bad('damaged');
  const header = parseHeader(file.subarray(HEADER_AT, framesAt));
  const frames: Bytes[] = [];
  for (let at = framesAt; at < end; ) {
    if (at + 4 > end) throw bad('damaged');
    const next = at + 4 + view.getUint32(at);
    if (next > end) throw bad('damaged');
    frames.push(file.subarray(at + 4, next));
    at = next;
  }
  // Proof of the passphrase, and the frame that says "the end": less than that is a cut file.
  if (frames.length < 2) throw bad('damaged');
  return { start: file.subarray(0, framesAt), header, frames };
}

function parseHeader(bytes: Bytes): v.InferOutput<typeof HeaderSchema> {
  let value: unknown;
  try {
    value = decode(bytes);
  } catch {
    throw bad('damaged');
  }
  const header = v.safeParse(HeaderSchema, value);
  if (!header.success) throw bad('damaged');
  if (header.output.recordFormat > RECORD_FORMAT) throw bad('newer-version');
  return header.output;
}

function* framesOf(rows: readonly TableRow[]): Generator<Bytes> {
  let frame: [TableName, Bytes][] = [];
  let bytes = 0;
  for (const { table, row } of rows) {
    const serialised = serialiseRow(row);
    frame.push([table, serialised]);
    bytes += serialised.length;
    if (bytes < FRAME_TARGET_BYTES) continue;
    yield encode(frame);
    frame = [];
    bytes = 0;
  }
  if (frame.length > 0) yield encode(frame);
}

/** The key serves this one file, so its frames can be counted instead of drawing random IVs. */
function frameCipher(startDigest: string, index: number, isLast: boolean): AesGcmParams {
  const iv = new Uint8Array(IV_BYTES);
  new DataView(iv.buffer).setUint32(IV_BYTES - 4, index);
  return {
    name: 'AES-GCM',
    iv,
    additionalData: associatedData('backup', [startDigest, index, isLast ? 1 : 0]),
  };
}

function u32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function concat(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
