import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CEPSTRA,
  extractFeatures,
  FeatureExtractor,
  frameCountOf,
  MEL_BANDS,
} from '../../../src/features/feature-extractor';
import { MelFilterbank } from '../../../src/features/mel-filterbank';
import { noise, silence, tone } from '../../support/signals';

describe('FeatureExtractor', () => {
  it('gives the same features however the sound was cut into chunks', () => {
    const samples = noise(0.3, -20);
    const whole = extractFeatures(samples);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 12 }), (sizes) => {
        const extractor = new FeatureExtractor();
        let position = 0;
        for (const size of sizes) {
          extractor.push(samples.subarray(position, position + size));
          position += size;
        }
        extractor.push(samples.subarray(position));
        expect(extractor.finish()).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('has a frame every 10 ms once a 25 ms window is full', () => {
    expect([0, 399, 400, 559, 560, 16_000].map(frameCountOf)).toEqual([0, 0, 1, 1, 2, 98]);
    const { logMel, mfcc } = extractFeatures(silence(1));
    expect([logMel.frameCount, logMel.data.length]).toEqual([98, 98 * MEL_BANDS]);
    expect([mfcc.frameCount, mfcc.dimensions, mfcc.data.length]).toEqual([98, 2 * CEPSTRA, 98 * 2 * CEPSTRA]);
  });

  it('puts a pure tone into the band around it', () => {
    const { centresHz } = new MelFilterbank({
      bandCount: MEL_BANDS,
      lowestHz: 60,
      highestHz: 7600,
      sampleRateHz: 16_000,
      fftLength: 512,
    });
    for (const band of [8, 20, 35]) {
      const { logMel } = extractFeatures(tone(0.1, centresHz[band] ?? 0, -20));
      const frame = [...logMel.data.subarray(3 * MEL_BANDS, 4 * MEL_BANDS)];
      expect(frame.indexOf(Math.max(...frame))).toBe(band);
    }
  });

  it('adds the same number to every band when the sound gets louder, and leaves the other cepstra alone', () => {
    const quiet = noise(0.1, -40);
    const before = extractFeatures(quiet);
    const after = extractFeatures(quiet.map((sample) => 10 * sample));
    for (let index = 0; index < MEL_BANDS; index += 1) {
      expect((after.logMel.data[index] ?? 0) - (before.logMel.data[index] ?? 0)).toBeCloseTo(
        Math.log(100),
        3,
      );
    }
    expect(after.mfcc.data[1]).toBeCloseTo(before.mfcc.data[1] ?? 0, 3);
    expect(after.mfcc.data[CEPSTRA]).toBeCloseTo(before.mfcc.data[CEPSTRA] ?? 0, 3);
  });

  it('stays finite in digital silence', () => {
    const { logMel, mfcc } = extractFeatures(silence(0.1));
    expect(logMel.data.every(Number.isFinite) && mfcc.data.every(Number.isFinite)).toBe(true);
  });

  it('leaves off what lies beyond the asked sample count', () => {
    const samples = noise(0.5, -20);
    const extractor = new FeatureExtractor();
    extractor.push(samples);
    expect(extractor.finish(4_000)).toEqual(extractFeatures(samples.subarray(0, 4_000)));
  });

  it('starts anew after finish and after reset', () => {
    const samples = noise(0.2, -20);
    const extractor = new FeatureExtractor();
    extractor.push(noise(0.37, -30));
    extractor.reset();
    expect(extractor.frameCount).toBe(0);
    extractor.push(samples);
    const first = extractor.finish();
    extractor.push(samples);
    expect(extractor.finish()).toEqual(first);
  });

  it('grows beyond its first room without losing frames', () => {
    const samples = noise(4, -20);
    const late = extractFeatures(samples.subarray(160 * 300));
    const whole = extractFeatures(samples);
    expect([...whole.logMel.data.subarray(300 * MEL_BANDS)]).toEqual([...late.logMel.data]);
  });
});
