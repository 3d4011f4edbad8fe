import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DRAWS,
  MOST_BUCKETS,
  respond,
  responseProbabilities,
  responseWeights,
} from '../../../../src/insights/protocol/randomised-response';

/** e to 21 digits, cut off: a lower bound of it. */
const E = { numerator: 2_718_281_828_459_045_235_360n, denominator: 10n ** 21n };

const sizes = Array.from({ length: MOST_BUCKETS - 1 }, (_, at) => at + 2);
const bucketsOf = (k: number): readonly number[] => Array.from({ length: k }, (_, at) => at);

/**
 * How many of the 2^64 draws give each answer, counted and not computed: answers change only where a draw crosses a
 * boundary, and a boundary is found by halving.
 */
function countedDraws(k: number, value: number): readonly bigint[] {
  const weights = responseWeights(k);
  const counts = bucketsOf(k).map(() => 0n);
  for (let from = 0n; from < DRAWS; ) {
    const answer = respond(weights, value, from);
    let [same, other] = [from, DRAWS];
    while (other - same > 1n) {
      const middle = (same + other) / 2n;
      if (respond(weights, value, middle) === answer) same = middle;
      else other = middle;
    }
    counts[answer] = (counts[answer] ?? 0n) + other - from;
    from = other;
  }
  return counts;
}

describe('randomised response', () => {
  it.each(sizes)('of %i buckets gives every answer exactly as often as its weight says', (k) => {
    const { truth, other } = responseWeights(k);
    expect(truth + BigInt(k - 1) * other).toBe(DRAWS);
    for (const value of bucketsOf(k)) {
      expect(countedDraws(k, value)).toEqual(
        bucketsOf(k).map((answer) => (answer === value ? truth : other)),
      );
    }
  });

  it.each(sizes)('of %i buckets makes no answer more than e times as likely for any pair of truths', (k) => {
    const counts = bucketsOf(k).map((value) => countedDraws(k, value));
    for (const one of counts) {
      for (const another of counts) {
        for (const answer of bucketsOf(k)) {
          const [a, b] = [one[answer] ?? 0n, another[answer] ?? 0n];
          expect(a * E.denominator <= b * E.numerator).toBe(true);
        }
      }
    }
  });

  it.each(sizes)('of %i buckets wastes next to nothing of what ε = 1 allows', (k) => {
    const { truth, other } = responseWeights(k);
    expect(Math.log(Number(truth) / Number(other))).toBeCloseTo(1, 12);
  });

  it('has the probabilities that are told to people', () => {
    expect(responseProbabilities(responseWeights(2)).p).toBeCloseTo(0.731, 3);
    const eight = responseProbabilities(responseWeights(8));
    expect(eight.p).toBeCloseTo(0.28, 3);
    expect(eight.q).toBeCloseTo(0.103, 3);
  });

  it('answers with a bucket, for every draw', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: MOST_BUCKETS }),
        fc.nat(),
        fc.bigInt({ min: 0n, max: DRAWS - 1n }),
        (k, any, draw) => {
          const answer = respond(responseWeights(k), any % k, draw);
          expect(Number.isInteger(answer) && answer >= 0 && answer < k).toBe(true);
        },
      ),
    );
  });

  it('refuses what is no bucket, no draw, and no size', () => {
    const weights = responseWeights(4);
    for (const value of [-1, 4, 0.5, Number.NaN]) {
      expect(() => respond(weights, value, 0n)).toThrow(RangeError);
    }
    for (const draw of [-1n, DRAWS]) expect(() => respond(weights, 0, draw)).toThrow(RangeError);
    for (const k of [0, 1, 9, 2.5]) expect(() => responseWeights(k)).toThrow(RangeError);
  });
});
