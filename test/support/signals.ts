import { type Random, seededRandom } from '../../src/core/random';
import { SAMPLE_RATE_HZ } from '../../src/core/units';

/** Test signals with known answers. Durations in seconds, levels in decibels relative to full scale. */

const amplitude = (levelDb: number): number => 10 ** (levelDb / 20);

export function silence(seconds: number, rateHz = SAMPLE_RATE_HZ): Float32Array {
  return new Float32Array(Math.round(seconds * rateHz));
}

export function noise(seconds: number, levelDb: number, random: Random = seededRandom(1)): Float32Array {
  const scale = amplitude(levelDb) * Math.sqrt(3);
  return silence(seconds).map(() => (random() * 2 - 1) * scale);
}

export function tone(seconds: number, hertz: number, levelDb: number, rateHz = SAMPLE_RATE_HZ): Float32Array {
  const peak = amplitude(levelDb) * Math.SQRT2;
  return silence(seconds, rateHz).map((_, index) => peak * Math.sin((2 * Math.PI * hertz * index) / rateHz));
}

/** A voiced sound: harmonics of a pitch under a few formants, with soft edges. */
export function vowel(
  seconds: number,
  pitchHz: number,
  formantsHz: readonly number[],
  levelDb: number,
): Float32Array {
  const samples = silence(seconds);
  const edge = Math.min(0.02 * SAMPLE_RATE_HZ, samples.length / 4);
  for (let harmonic = 1; harmonic * pitchHz < 7_000; harmonic += 1) {
    const hertz = harmonic * pitchHz;
    const gain = formantsHz.reduce((sum, formant) => sum + 1 / (1 + ((hertz - formant) / 120) ** 2), 0.01);
    for (let index = 0; index < samples.length; index += 1) {
      samples[index] =
        (samples[index] as number) + gain * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE_HZ);
    }
  }
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const scale = amplitude(levelDb) / Math.sqrt(power);
  return samples.map((sample, index) => {
    const fade = Math.min(1, index / edge, (samples.length - 1 - index) / edge);
    return sample * scale * fade;
  });
}

export function joined(...parts: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

export function mixed(first: Float32Array, second: Float32Array): Float32Array {
  return first.map((sample, index) => sample + (second[index] ?? 0));
}
