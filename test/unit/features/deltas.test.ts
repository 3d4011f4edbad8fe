import { describe, expect, it } from 'vitest';
import { writeDeltas } from '../../../src/features/deltas';

describe('writeDeltas', () => {
  it('gives the slope of a ramp per frame, away from the ends', () => {
    const frames = Float32Array.from({ length: 2 * 12 }, (_, index) =>
      index % 2 === 0 ? (3 * index) / 2 : 0,
    );
    writeDeltas(frames, 2, { from: 0, count: 1, to: 1 });
    expect(frames[2 * 6 + 1]).toBeCloseTo(3, 6);
    expect(frames[1]).toBeLessThan(3);
  });

  it('gives zero for what does not change, and multiplies by the scale', () => {
    const flat = new Float32Array(8).fill(4);
    writeDeltas(flat, 2, { from: 0, count: 1, to: 1 });
    expect([flat[1], flat[3], flat[5], flat[7]]).toEqual([0, 0, 0, 0]);
    const ramp = Float32Array.from({ length: 2 * 12 }, (_, index) => (index % 2 === 0 ? index / 2 : 0));
    writeDeltas(ramp, 2, { from: 0, count: 1, to: 1, reach: 3, scale: 4 });
    expect(ramp[2 * 6 + 1]).toBeCloseTo(4, 6);
  });
});
