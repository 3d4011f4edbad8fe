import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId, type UserId } from '../../../src/core/ids';
import { hex } from '../../../src/vault/crypto/associated-data';
import { blindTokens, type IndexTerm, TOKEN_BYTES } from '../../../src/vault/crypto/blind-index';
import { termsOfRow, userDayTerm, userTypeDayTerm } from '../../../src/vault/rows/index-terms';

const keyOf = (fill: number): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(32).fill(fill), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);

/** Texts made of what could be mistaken for a border between two parts. */
const text = fc.string({
  unit: fc.constantFrom('|', '"', ',', '[', ']', '\\', '1', 'a', '\ud800', 'é'),
  maxLength: 6,
});
const anyTerm: fc.Arbitrary<IndexTerm> = fc.record({
  table: text,
  field: text,
  value: fc.array(fc.oneof(text, fc.nat(11)), { maxLength: 3 }),
});
const sameTerm = (left: IndexTerm, right: IndexTerm) => JSON.stringify(left) === JSON.stringify(right);

describe('blindTokens', () => {
  it('gives different terms different tokens: other table, other field, other cut of the same text', async () => {
    const key = await keyOf(1);
    await fc.assert(
      fc.asyncProperty(anyTerm, anyTerm, async (left, right) => {
        fc.pre(!sameTerm(left, right));
        const [one, other] = await blindTokens(key, [left, right]);
        expect(hex(one ?? new Uint8Array())).not.toBe(hex(other ?? new Uint8Array()));
      }),
      { numRuns: 2_000 },
    );
    const near: IndexTerm[] = [
      { table: 'a', field: 'b', value: ['c'] },
      { table: 'a', field: 'bc', value: [] },
      { table: 'ab', field: 'c', value: [] },
      { table: 'a', field: 'b', value: ['c', ''] },
      { table: 'a', field: 'b', value: [1] },
      { table: 'a', field: 'b', value: ['1'] },
    ];
    expect(new Set((await blindTokens(key, near)).map(hex)).size).toBe(near.length);
  });

  it('gives equal terms equal tokens, whatever else was asked for before, with them or forgotten', async () => {
    const key = await keyOf(2);
    await fc.assert(
      fc.asyncProperty(fc.array(anyTerm, { maxLength: 20 }), async (terms) => {
        const together = (await blindTokens(key, [...terms, ...terms])).map(hex);
        const fresh = await keyOf(2);
        const alone = await Promise.all(
          terms.map(async (term) => (await blindTokens(fresh, [term])).map(hex)),
        );
        expect(together).toEqual([...alone.flat(), ...alone.flat()]);
      }),
    );
    const terms = Array.from({ length: 9_000 }, (_, day) => userDayTerm('u' as UserId, day));
    const first = (await blindTokens(key, terms)).map(hex);
    expect(new Set(first).size).toBe(terms.length);
    expect((await blindTokens(key, terms)).map(hex)).toEqual(first);
  });

  it('tells nothing from the tokens of one key about those of another', async () => {
    const [one, other] = [await keyOf(3), await keyOf(4)];
    await fc.assert(
      fc.asyncProperty(fc.array(anyTerm, { minLength: 1, maxLength: 20 }), async (terms) => {
        const tokens = new Set((await blindTokens(one, terms)).map(hex));
        for (const token of await blindTokens(other, terms)) expect(tokens.has(hex(token))).toBe(false);
      }),
    );
  });

  it('is HMAC-SHA-256 cut to 128 bits, as another implementation computes it', async () => {
    const [token] = await blindTokens(await keyOf(5), [userDayTerm('anna' as UserId, 20_000)]);
    const message = '["claude-echo","blind-index","learningData","user+day","anna",20000]';
    const mac = createHmac('sha256', Buffer.alloc(32, 5)).update(message).digest('hex');
    expect(hex(token ?? new Uint8Array())).toBe(mac.slice(0, TOKEN_BYTES * 2));
  });
});

describe('the terms of a row', () => {
  const userId = newId<UserId>();

  it('always include the day, never a person or a kind alone', () => {
    const row = { userId, dataType: 'user-interaction' } as never;
    const terms = termsOfRow('learningData', row, 20_000);
    expect(terms).toEqual([userDayTerm(userId, 20_000), userTypeDayTerm(userId, 'user-interaction', 20_000)]);
    for (const { value } of terms) expect(value).toContain(20_000);
  });

  it('are none for tables that are listed as a whole', () => {
    expect(termsOfRow('notes', {} as never, 1)).toEqual([]);
  });
});
