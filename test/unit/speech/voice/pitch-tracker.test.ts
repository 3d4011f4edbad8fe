import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { extractFeatures } from '../../../../src/features/feature-extractor';
import { energyPeaksPerSecond } from '../../../../src/speech/voice/energy-peaks';
import { trackPitch } from '../../../../src/speech/voice/pitch-tracker';
import { medianOf } from '../../../../src/speech/voice/robust-statistics';
import { pulseTrain } from '../../../support/pulse-train';
import { joined, mixed, noise, silence, tone, vowel } from '../../../support/signals';

const voicedOf = (samples: Float32Array): number[] =>
  Array.from(trackPitch(samples).frequenciesHz).filter((frequency) => frequency > 0);

/** In cents: a hundredth of a semitone. */
const cents = (frequencyHz: number, truthHz: number): number => 1_200 * Math.log2(frequencyHz / truthHz);

describe('trackPitch', () => {
  it.each([65, 80, 120, 180, 261, 350, 490])(
    'hears a %i Hz sine, vowel and pulse train as that pitch',
    (truthHz) => {
      for (const samples of [
        tone(0.4, truthHz, -20),
        vowel(0.4, truthHz, [500, 1_500], -20),
        vowel(0.4, truthHz, [2 * truthHz, 1_200], -20),
        pulseTrain(0.4, truthHz, -20),
      ]) {
        const voiced = voicedOf(samples);
        expect(voiced.length).toBeGreaterThan(20);
        const octaveErrors = voiced.filter((frequency) => Math.abs(cents(frequency, truthHz)) > 600);
        expect(octaveErrors).toHaveLength(0);
        expect(Math.abs(cents(medianOf(voiced), truthHz))).toBeLessThan(15);
      }
    },
  );

  it.each([10, 5])('still does so in noise %i dB below the voice', (signalToNoiseDb) => {
    for (const truthHz of [90, 140, 220, 400]) {
      const background = noise(0.6, -20 - signalToNoiseDb, seededRandom(4));
      const voiced = voicedOf(mixed(vowel(0.6, truthHz, [600, 1_300], -20), background));
      expect(voiced.length).toBeGreaterThan(20);
      expect(Math.abs(cents(medianOf(voiced), truthHz))).toBeLessThan(30);
      const octaveErrors = voiced.filter((frequency) => Math.abs(cents(frequency, truthHz)) > 600);
      expect(octaveErrors.length).toBeLessThan(0.05 * voiced.length);
    }
  });

  it('follows a glide', () => {
    const low = vowel(0.5, 110, [500, 1_500], -20);
    const high = vowel(0.5, 165, [500, 1_500], -20);
    const { frequenciesHz } = trackPitch(joined(low, high));
    expect(Math.abs(cents(frequenciesHz[15] as number, 110))).toBeLessThan(15);
    expect(Math.abs(cents(frequenciesHz[75] as number, 165))).toBeLessThan(15);
  });

  it('hears no pitch in noise, silence, or a clip shorter than a few periods', () => {
    expect(voicedOf(noise(1, -20)).length).toBeLessThan(3);
    expect(voicedOf(silence(1))).toHaveLength(0);
    expect(trackPitch(tone(0.03, 200, -20)).frequenciesHz).toHaveLength(0);
  });
});

describe('energyPeaksPerSecond', () => {
  const beats = (count: number, onSeconds: number, offSeconds: number) => {
    const parts = Array.from({ length: count }, () => [
      vowel(onSeconds, 120, [600, 1_200], -20),
      silence(offSeconds),
    ]).flat();
    const samples = joined(silence(0.2), ...parts, silence(0.2));
    return extractFeatures(mixed(samples, noise(samples.length / 16_000, -65))).logMel;
  };

  it('counts the beats of a voice that goes on and off', () => {
    expect(energyPeaksPerSecond(beats(5, 0.15, 0.1))).toBeCloseTo(4.3, 0);
    const slow = energyPeaksPerSecond(beats(4, 0.3, 0.2)) ?? 0;
    const fast = energyPeaksPerSecond(beats(8, 0.12, 0.08)) ?? 0;
    expect(fast / slow).toBeGreaterThan(2);
    expect(fast / slow).toBeLessThan(3);
  });

  it('does not depend on how loud it is, and speaks of no rate where there is hardly any speech', () => {
    const quiet = beats(5, 0.15, 0.1);
    const louder = { ...quiet, data: quiet.data.map((value) => value + 2) };
    expect(energyPeaksPerSecond(louder)).toBeCloseTo(energyPeaksPerSecond(quiet) ?? 0, 6);
    expect(energyPeaksPerSecond(extractFeatures(silence(0.05)).logMel)).toBeUndefined();
  });
});
