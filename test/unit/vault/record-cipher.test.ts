import fc from 'fast-check';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/core/ids';
import type { Interaction, Note } from '../../../src/learning/records';
import {
  openRecord,
  parseRow,
  type SealedRecord,
  SealedRecordSchema,
  sealRecord,
  serialiseRow,
} from '../../../src/vault/crypto/record-cipher';
import type { TableRow } from '../../../src/vault/rows/sealed-rows';
import { dayOfRow, levelOfRow, tableNames } from '../../../src/vault/rows/table-levels';
import { anyTableRow } from './row-arbitraries';

let key: CryptoKey;

beforeAll(async () => {
  key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
});

const NOW_MS = Date.UTC(2025, 0, 2);

function seal({ table, row }: TableRow): Promise<SealedRecord> {
  const day = dayOfRow(table, row, NOW_MS);
  const header = { id: row.id, keyId: 'key-1', version: 7, level: levelOfRow(table, row), day, tokens: [] };
  return sealRecord(table, row, header, key);
}

const sample = (): TableRow => fc.sample(anyTableRow, 1)[0] ?? expect.fail('no sample');

const flipped = (bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe('serialiseRow', () => {
  it('is undone by parseRow, for any row of any table', () => {
    fc.assert(
      fc.property(anyTableRow, ({ table, row }) => {
        expect(parseRow(table, serialiseRow(row))).toStrictEqual(row);
      }),
    );
  });

  it('takes an optional field that is set to undefined as absent', () => {
    const action = { kind: 'done', detail: 'said', undoToken: undefined };
    const bare = fc
      .sample(anyTableRow, { numRuns: 200, seed: 3 })
      .find(({ table }) => table === 'interactions');
    const row = { ...bare?.row, phraseId: undefined, action } as unknown as Interaction;
    const back = parseRow('interactions', serialiseRow(row));
    expect(back).toEqual(row);
    expect(Object.keys(back)).not.toContain('phraseId');
  });

  it('is not undone by parseRow of a table with another shape', () => {
    fc.assert(
      fc.property(anyTableRow, fc.constantFrom(...tableNames), ({ table, row }, other) => {
        fc.pre(other !== table);
        expect(() => parseRow(other, serialiseRow(row))).toThrow();
      }),
    );
  });

  it('never yields a row from arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom(...tableNames), (bytes, table) => {
        expect(() => parseRow(table, bytes)).toThrow();
      }),
    );
  });
});

describe('sealRecord', () => {
  it('is undone by openRecord, for any row of any table', async () => {
    await fc.assert(
      fc.asyncProperty(anyTableRow, async (tableRow) => {
        const sealed = await seal(tableRow);
        expect(v.is(SealedRecordSchema, sealed)).toBe(true);
        expect(await openRecord(tableRow.table, sealed, key)).toStrictEqual(tableRow.row);
      }),
    );
  });

  it('draws a new IV every time, and never shows two equal rows as equal', async () => {
    const tableRow = sample();
    const seals = await Promise.all(Array.from({ length: 200 }, () => seal(tableRow)));
    expect(new Set(seals.map(({ iv }) => iv.join())).size).toBe(200);
    expect(new Set(seals.map(({ sealed }) => sealed.join())).size).toBe(200);
  });
});

describe('openRecord', () => {
  it('rejects every single flipped bit of the ciphertext, the tag and the IV', async () => {
    const row: Note = { id: newId(), text: 'tea', createdAt: 1, updatedAt: 1 };
    const sealed = await seal({ table: 'notes', row });
    const damaged: SealedRecord[] = [
      ...Array.from({ length: sealed.sealed.length * 8 }, (_, bit) => ({
        ...sealed,
        sealed: flipped(sealed.sealed, bit),
      })),
      ...Array.from({ length: sealed.iv.length * 8 }, (_, bit) => ({
        ...sealed,
        iv: flipped(sealed.iv, bit),
      })),
    ];
    expect(damaged.length).toBeGreaterThan(500);
    for (const record of damaged) await expect(openRecord('notes', record, key)).rejects.toThrow();
    expect(await openRecord('notes', sealed, key)).toStrictEqual(row);
  });

  it('rejects any cut ciphertext', async () => {
    await fc.assert(
      fc.asyncProperty(anyTableRow, fc.nat(), async (tableRow, at) => {
        const sealed = await seal(tableRow);
        const cut = { ...sealed, sealed: sealed.sealed.slice(0, at % sealed.sealed.length) };
        await expect(openRecord(tableRow.table, cut, key)).rejects.toThrow();
      }),
    );
  });

  it('rejects a row whose table, id, key id, version, level or day was swapped', async () => {
    const swap = fc.oneof(
      fc.record({ id: fc.string() }),
      fc.record({ keyId: fc.string() }),
      fc.record({ version: fc.nat() }),
      fc.record({ level: fc.constantFrom('public', 'internal', 'private', 'confidential') }),
      fc.record({ day: fc.nat() }),
      fc.record({ table: fc.constantFrom(...tableNames) }),
    );
    await fc.assert(
      fc.asyncProperty(anyTableRow, swap, async (tableRow, swapped) => {
        const sealed = await seal(tableRow);
        const { table, ...edited } = { table: tableRow.table, ...sealed, ...swapped };
        const isSame = table === tableRow.table && JSON.stringify(edited) === JSON.stringify(sealed);
        fc.pre(!isSame);
        await expect(openRecord(table, edited, key)).rejects.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('rejects two rows of one table that changed places', async () => {
    const [first, second] = [sample(), sample()];
    const sealed = await seal(first);
    await expect(openRecord(first.table, { ...sealed, id: second.row.id }, key)).rejects.toThrow();
  });
});
