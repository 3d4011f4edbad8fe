import { describe, expect, it } from 'vitest';
import { decodeFloat16 } from '../../../../src/speech/encoder/float16';

const decoded = (...bits: number[]) => [
  ...decodeFloat16(new Uint8Array(bits.flatMap((word) => [word & 0xff, word >> 8])), 0, bits.length),
];

describe('decodeFloat16', () => {
  it.each([
    ['zero', 0x0000, 0],
    ['one', 0x3c00, 1],
    ['minus two', 0xc000, -2],
    ['a third, rounded', 0x3555, 0.333251953125],
    ['the largest', 0x7bff, 65_504],
    ['the smallest normal', 0x0400, 2 ** -14],
    ['the smallest of all', 0x0001, 2 ** -24],
    ['infinity', 0x7c00, Number.POSITIVE_INFINITY],
  ])('reads %s', (_, bits, value) => {
    expect(decoded(bits)).toEqual([value]);
  });

  it('reads not-a-number as that', () => {
    expect(decoded(0x7e00)).toEqual([Number.NaN]);
  });

  it('grows with the bits over all positive numbers', () => {
    const values = decoded(...Array.from({ length: 0x7c00 }, (_, bits) => bits));
    expect(values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0))).toBe(true);
  });

  it('reads from an odd offset, of a part of a buffer', () => {
    const bytes = new Uint8Array([9, 9, 0, 0x3c, 0, 0xc0]).subarray(1);
    expect([...decodeFloat16(bytes, 1, 2)]).toEqual([1, -2]);
  });
});
