import { SAMPLE_RATE_HZ } from '../core/units';

/** Frames of 10 ms: fine enough to find a syllable's edge, coarse enough not to follow single pitch periods. */
export const LEVEL_FRAME_SAMPLES = SAMPLE_RATE_HZ / 100;

/** Digital silence has no level; this stands for it, in decibels relative to full scale. */
export const SILENCE_DB = -100;

/** Mean power of a stretch of samples in decibels relative to full scale, its offset removed. */
export function levelDb(samples: Float32Array, start = 0, end = samples.length): number {
  const count = end - start;
  if (count <= 0) return SILENCE_DB;
  let sum = 0;
  let squares = 0;
  for (let index = start; index < end; index += 1) {
    const sample = samples[index] as number;
    sum += sample;
    squares += sample * sample;
  }
  const mean = sum / count;
  const power = squares / count - mean * mean;
  return power <= 1e-10 ? SILENCE_DB : 10 * Math.log10(power);
}

/** Level of every whole 10 ms frame, decibels relative to full scale. */
export function frameLevelsDb(samples: Float32Array): Float32Array {
  const frameCount = Math.floor(samples.length / LEVEL_FRAME_SAMPLES);
  const levels = new Float32Array(frameCount);
  for (let frame = 0; frame < frameCount; frame += 1) {
    const start = frame * LEVEL_FRAME_SAMPLES;
    levels[frame] = levelDb(samples, start, start + LEVEL_FRAME_SAMPLES);
  }
  return levels;
}

/** The value below which `share` of the values lie. */
export function quantile(values: Float32Array, share: number): number {
  if (values.length === 0) return SILENCE_DB;
  const sorted = Float32Array.from(values).sort();
  const position = Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))));
  return sorted[position] as number;
}
