import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelDb } from '../../../src/audio/levels';
import { Resampler, resampleTo16k } from '../../../src/audio/resampling';
import { joined, tone } from '../../support/signals';

const inner = (samples: Float32Array) => samples.slice(800, samples.length - 800);

describe('resampling to 16 kHz', () => {
  for (const rateHz of [8_000, 22_050, 44_100, 48_000, 96_000]) {
    it(`keeps a 1 kHz tone from ${rateHz} Hz at its level and place`, () => {
      const result = inner(resampleTo16k(tone(1, 1_000, -12, rateHz), rateHz));
      const ideal = inner(tone(1, 1_000, -12));
      const error = result.map((sample, index) => sample - (ideal[index] as number));
      expect(levelDb(error)).toBeLessThan(-12 - 60);
    });
  }

  it('suppresses what would alias by at least 70 dB', () => {
    const result = inner(resampleTo16k(tone(1, 9_500, -3, 48_000), 48_000));
    expect(levelDb(result)).toBeLessThan(-73);
  });

  it('passes 7 kHz, the top of the mel filter bank, within half a decibel', () => {
    const result = inner(resampleTo16k(tone(1, 7_000, -12, 44_100), 44_100));
    expect(Math.abs(levelDb(result) + 12)).toBeLessThan(0.5);
  });

  it('gives the same samples for any chunking', () => {
    const input = tone(0.3, 700, -12, 44_100);
    const whole = new Resampler(44_100).push(input);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), (size) => {
        const resampler = new Resampler(44_100);
        const parts: Float32Array[] = [];
        for (let start = 0; start < input.length; start += size) {
          parts.push(resampler.push(input.slice(start, start + size)));
        }
        expect(joined(...parts)).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });
});
