import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LearningDataId } from '../../../src/core/ids';
import { comparePositions, decodeCursor, encodeCursor } from '../../../src/vault/learning-data/page-cursor';

const anyPosition = fc.record({
  createdAt: fc.maxSafeNat(),
  id: fc.uuid().map((id) => id as LearningDataId),
});

describe('a page cursor', () => {
  it('leads back to its place, under the query it was made for and no other', async () => {
    await fc.assert(
      fc.asyncProperty(anyPosition, fc.string(), fc.string(), async (position, query, other) => {
        const cursor = await encodeCursor(position, query);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(await decodeCursor(cursor, query)).toEqual(position);
        if (other !== query) expect(await decodeCursor(cursor, other)).toBeUndefined();
      }),
    );
  });

  it('is refused after a change of any character, and when cut or lengthened', async () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. '];
    await fc.assert(
      fc.asyncProperty(
        anyPosition,
        fc.nat(),
        fc.constantFrom(...alphabet),
        async (position, at, character) => {
          const cursor = await encodeCursor(position, 'q');
          const place = at % cursor.length;
          const edited = cursor.slice(0, place) + character + cursor.slice(place + 1);
          if (edited !== cursor) expect(await decodeCursor(edited, 'q')).toBeUndefined();
          expect(await decodeCursor(cursor.slice(0, place), 'q')).toBeUndefined();
          expect(await decodeCursor(cursor + character, 'q')).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is refused, and nothing thrown, for any other text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String(), fc.json().map(btoaOf)), async (text) => {
        expect(await decodeCursor(text, 'q')).toBeUndefined();
      }),
    );
  });
});

const btoaOf = (text: string): string => Buffer.from(text).toString('base64url');

describe('comparePositions', () => {
  it('puts any places in one order: by time, then by id', () => {
    const few = fc.record({
      createdAt: fc.nat(2),
      id: fc.constantFrom('a', 'b', 'c').map((id) => id as LearningDataId),
    });
    fc.assert(
      fc.property(few, few, few, (a, b, c) => {
        expect(Math.sign(comparePositions(a, b))).toBe(-Math.sign(comparePositions(b, a)) + 0);
        if (comparePositions(a, b) <= 0 && comparePositions(b, c) <= 0) {
          expect(comparePositions(a, c)).toBeLessThanOrEqual(0);
        }
        expect(comparePositions(a, b) === 0).toBe(a.createdAt === b.createdAt && a.id === b.id);
      }),
    );
  });
});
