import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random';
import { CosineTransform } from '../../../src/features/cosine-transform';

describe('CosineTransform', () => {
  it('keeps lengths when it keeps all coefficients (orthonormal)', () => {
    const random = seededRandom(5);
    const input = Float64Array.from({ length: 40 }, () => random() * 2 - 1);
    const output = new Float64Array(40);
    new CosineTransform(40, 40).apply(input, 0, output, 0);
    const length = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
    expect(length(output)).toBeCloseTo(length(input), 10);
  });

  it('turns a constant into order 0 alone', () => {
    const output = new Float64Array(13);
    new CosineTransform(40, 13).apply(new Float64Array(40).fill(2), 0, output, 0);
    expect(output[0]).toBeCloseTo(2 * Math.sqrt(40), 10);
    expect(Math.max(...output.subarray(1).map(Math.abs))).toBeLessThan(1e-12);
  });

  it('turns a cosine of order n into order n alone', () => {
    const input = Float64Array.from({ length: 40 }, (_, band) => Math.cos((Math.PI * 5 * (band + 0.5)) / 40));
    const output = new Float64Array(16);
    new CosineTransform(40, 13).apply(input, 0, output, 3);
    expect(output[3 + 5]).toBeCloseTo(Math.sqrt(20), 10);
    expect(Math.abs(output[3 + 4] ?? 1)).toBeLessThan(1e-12);
    expect([...output.subarray(0, 3)]).toEqual([0, 0, 0]);
  });
});
