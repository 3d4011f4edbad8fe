import { findSpeechSpan } from '../../src/audio/speech-span';
import type { Random } from '../../src/core/random';

/**
 * Adds noise at a signal-to-noise ratio. The signal's power is that of its stretch of speech, not of the
 * silence around it; the noise starts at a random place of a random recording.
 *
 * @param samples 16 kHz mono; not changed
 */
export function withNoise(
  samples: Float32Array,
  noises: readonly Float32Array[],
  signalToNoiseDb: number,
  random: Random,
): Float32Array {
  const noise = noises[Math.floor(random() * noises.length)] as Float32Array;
  const start = Math.floor(random() * Math.max(1, noise.length - samples.length));
  const piece = Float32Array.from(samples, (_, index) => noise[(start + index) % noise.length] as number);
  const span = findSpeechSpan(samples);
  const speech =
    span === undefined ? samples : samples.subarray(span.firstSpeechFrame * 160, span.endSpeechFrame * 160);
  const gain = Math.sqrt(power(speech) / power(piece) / 10 ** (signalToNoiseDb / 10));
  return samples.map((sample, index) => Math.max(-1, Math.min(1, sample + gain * (piece[index] as number))));
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}
