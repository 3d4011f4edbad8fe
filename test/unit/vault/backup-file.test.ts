import { createHash } from 'node:crypto';
import { decode, encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock';
import { newId } from '../../../src/core/ids';
import { decodeBackup, encodeBackup } from '../../../src/vault/backup/backup-file';
import { serialiseRow } from '../../../src/vault/crypto/record-cipher';
import type { TableRow } from '../../../src/vault/rows/sealed-rows';
import { VaultFailure } from '../../../src/vault/vault-failure';
import { anyTableRow } from './row-arbitraries';

const PASSPHRASE = 'correct horse';
const HEADER_AT = 16;
const DIGEST_BYTES = 32;

let rows: readonly TableRow[];
let file: Uint8Array;

beforeAll(async () => {
  // Enough sound for several frames, among rows of every kind.
  const audio = Array.from(
    { length: 5 },
    (_, at): TableRow => ({
      table: 'audio',
      row: { id: newId(), pcm16: new Uint8Array(700_000).fill(at) },
    }),
  );
  rows = [...fc.sample(anyTableRow, { numRuns: 60, seed: 1 }), ...audio];
  file = await encodeBackup(rows, PASSPHRASE, systemClock);
});

const reasonOf = async (bytes: Uint8Array, passphrase = PASSPHRASE) => {
  try {
    await decodeBackup(bytes, passphrase);
  } catch (error) {
    if (error instanceof VaultFailure) return error.error;
    throw error;
  }
  return expect.fail('the file was taken');
};

/** Deep equality of megabytes takes half a minute; of their digests, none. */
const fingerprint = ({ table, row }: TableRow) =>
  `${table} ${createHash('sha256').update(serialiseRow(row)).digest('hex')}`;

/** As somebody who edits on purpose would: the checksum fits again. */
function resealed(body: Uint8Array): Uint8Array {
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

const body = () => file.slice(0, -DIGEST_BYTES);

/** Where each frame, with its length, begins and ends. */
function frameSpans(): readonly { readonly from: number; readonly to: number }[] {
  const view = new DataView(file.buffer, file.byteOffset);
  const spans: { from: number; to: number }[] = [];
  let from = HEADER_AT + view.getUint32(12);
  while (from < file.length - DIGEST_BYTES) {
    const to = from + 4 + view.getUint32(from);
    spans.push({ from, to });
    from = to;
  }
  return spans;
}

const damaged = { kind: 'bad-backup', reason: 'damaged' };

describe('a backup file', () => {
  it('gives back every row it was made of', async () => {
    const taken = await decodeBackup(file, PASSPHRASE);
    expect(taken.map(fingerprint)).toEqual(rows.map(fingerprint));
    expect(frameSpans().length).toBeGreaterThan(4);
  });

  it('opens with no other passphrase', async () => {
    expect(await reasonOf(file, 'correct horsf')).toEqual({ kind: 'wrong-passphrase' });
    expect(await reasonOf(file, '')).toEqual({ kind: 'wrong-passphrase' });
  });

  it('is told from any other file', async () => {
    expect(await reasonOf(new Uint8Array(0))).toEqual({ kind: 'bad-backup', reason: 'not-a-backup' });
    expect(await reasonOf(new TextEncoder().encode('RIFF....WAVEfmt '))).toEqual({
      kind: 'bad-backup',
      reason: 'not-a-backup',
    });
  });

  it('says that it is newer, whatever else a newer version changed', async () => {
    const newer = new Uint8Array(file);
    newer[11] = 2;
    expect(await reasonOf(newer)).toEqual({ kind: 'bad-backup', reason: 'newer-version' });
  });

  it('is refused after any change of any byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (position, change) => {
        const edited = new Uint8Array(file);
        const at = position % file.length;
        edited[at] = (edited[at] ?? 0) ^ change;
        expect((await reasonOf(edited)).kind).toBe('bad-backup');
      }),
      { numRuns: 50 },
    );
  });

  it('tells damage to what proves the passphrase from a wrong passphrase', async () => {
    const start = frameSpans()[0]?.to ?? 0;
    for (let at = HEADER_AT; at < start; at += 1) {
      const edited = new Uint8Array(file);
      edited[at] = (edited[at] ?? 0) ^ 0x10;
      expect(await reasonOf(edited)).toEqual(damaged);
    }
  });

  it('is refused when cut anywhere', async () => {
    for (const length of [1, 7, 8, 15, 16, 100, file.length - 33, file.length - 1]) {
      expect((await reasonOf(file.slice(0, length))).kind).toBe('bad-backup');
    }
  });
});

describe('a backup file with a repaired checksum', () => {
  it('is refused when any frame was edited', async () => {
    const [, second, third] = frameSpans();
    for (const frame of [second, third, frameSpans().at(-1)]) {
      const edited = body();
      const at = (frame?.to ?? 0) - 1;
      edited[at] = (edited[at] ?? 0) ^ 1;
      expect(await reasonOf(resealed(edited))).toEqual(damaged);
    }
  });

  it('is refused when its last frame, or all but the first, are gone', async () => {
    const spans = frameSpans();
    expect(await reasonOf(resealed(body().slice(0, spans.at(-1)?.from)))).toEqual(damaged);
    expect(await reasonOf(resealed(body().slice(0, spans[0]?.to)))).toEqual(damaged);
  });

  it('is refused when two frames changed places', async () => {
    const [first, second, third] = frameSpans();
    const whole = body();
    const swapped = Buffer.concat([
      whole.slice(0, first?.to),
      whole.slice(third?.from, third?.to),
      whole.slice(second?.from, second?.to),
      whole.slice(third?.to),
    ]);
    expect(swapped.length).toBe(whole.length);
    expect(await reasonOf(resealed(swapped))).toEqual(damaged);
  });

  it.each([
    ['cheap parameters for guessing', { memoryKiB: 1_024, iterations: 1 }],
    ['an unknown algorithm', { algorithm: 'none' }],
    ['parameters that would stop the device', { memoryKiB: 4 * 1024 * 1024 }],
  ])('is refused with %s, before any of them is used', async (_, edit) => {
    expect(await reasonOf(withKdf(edit))).toEqual(damaged);
  });

  it('does not open with other parameters that are allowed', async () => {
    expect(await reasonOf(withKdf({ memoryKiB: 19 * 1024, iterations: 2 }))).toEqual({
      kind: 'wrong-passphrase',
    });
  });
});

function withKdf(edit: Record<string, unknown>): Uint8Array {
  const [first] = frameSpans();
  const whole = body();
  const header = decode(whole.slice(HEADER_AT, first?.from)) as { readonly kdf: object };
  const edited = encode({ ...header, kdf: { ...header.kdf, ...edit } });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(edited.length);
  return resealed(Buffer.concat([whole.slice(0, 12), length, edited, whole.slice(first?.from)]));
}
