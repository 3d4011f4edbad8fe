import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelShare, rimPath } from '../../../src/ui/rim-path';
import { resamplePeaks, waveformPath } from '../../../src/ui/waveform-path';

const pairs = (path: string) =>
  path
    .split(/[MQZ]/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const numbers = part.trim().split(/\s+/).map(Number);
      return Array.from({ length: numbers.length / 2 }, (_, i) => [
        numbers[2 * i] ?? 0,
        numbers[2 * i + 1] ?? 0,
      ]);
    });
const reaches = (path: string) => pairs(path).map(([x = 0, y = 0]) => Math.hypot(x, y));

describe('levelShare', () => {
  it('stays in [0, 1] and never falls when the level rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -200, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (db, more) => {
          const share = levelShare(db);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
          expect(levelShare(db + more)).toBeGreaterThanOrEqual(share);
        },
      ),
    );
  });
});

describe('rimPath', () => {
  it('is a circle in silence', () => {
    const path = rimPath(new Array<number>(49).fill(0), 94, 22);
    expect(Math.min(...reaches(path))).toBeGreaterThan(93);
    expect(Math.max(...reaches(path))).toBeLessThan(94.2);
    expect(path.endsWith('Z')).toBe(true);
  });

  it('stays inside the drawing however loud it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 49, maxLength: 49 }),
        (shares) => {
          expect(Math.max(...reaches(rimPath(shares, 94, 22)))).toBeLessThan(116.2);
        },
      ),
    );
  });

  it('shows the newest level at the top, the oldest at the bottom', () => {
    const shares = [1, 1, ...new Array<number>(47).fill(0)];
    const loudest = pairs(rimPath(shares, 94, 22)).reduce((a, b) =>
      Math.hypot(a[0] ?? 0, a[1] ?? 0) > Math.hypot(b[0] ?? 0, b[1] ?? 0) ? a : b,
    );
    expect(loudest[1]).toBeLessThan(-100);
  });
});

describe('resamplePeaks', () => {
  it('keeps the loudest peak whatever the number of bars', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 256 }),
        fc.integer({ min: 1, max: 120 }),
        (peaks, bars) => {
          const resampled = resamplePeaks(peaks, bars);
          expect(resampled).toHaveLength(bars);
          expect(Math.max(...resampled)).toBe(bars >= 1 ? Math.max(...peaks) : 0);
        },
      ),
    );
  });

  it('is silence for an empty recording', () => {
    expect(resamplePeaks([], 3)).toEqual([0, 0, 0]);
  });
});

describe('waveformPath', () => {
  it('draws one upright bar for each', () => {
    expect(waveformPath([0.1, 0.4, 0.2], 3).match(/M/g)).toHaveLength(3);
  });

  it('shows quiet speech as large as loud speech', () => {
    expect(waveformPath([0.1, 0.2], 2)).toBe(waveformPath([0.4, 0.8], 2));
  });
});
