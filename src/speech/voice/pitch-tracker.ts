import { frameLevelsDb } from '../../audio/levels';
import { SAMPLE_RATE_HZ } from '../../core/units';
import { medianOf } from './robust-statistics';

/** Pitch of every 10 ms frame. */
export interface PitchTrack {
  /** Hertz; 0 where the frame has no pitch. */
  readonly frequenciesHz: Float32Array;
}

export const LOWEST_PITCH_HZ = 60;
export const HIGHEST_PITCH_HZ = 500;

const HOP_SAMPLES = SAMPLE_RATE_HZ / 100;
/** Two periods of the lowest pitch, compared with themselves up to one period later. */
const SHORTEST_LAG = Math.floor(SAMPLE_RATE_HZ / HIGHEST_PITCH_HZ);
const LONGEST_LAG = Math.ceil(SAMPLE_RATE_HZ / LOWEST_PITCH_HZ);
const WINDOW_SAMPLES = 2 * LONGEST_LAG;
/** The first dip of the normalised difference below this is the period (de Cheveigné and Kawahara use 0.1 to 0.15). */
const FIRST_DIP = 0.15;
/** Without such a dip the first of the deepest decides, if it is as deep as this; else the frame has no pitch. */
const SHALLOWEST_DIP = 0.3;
const AS_DEEP = 0.06;
/** Quieter than the loudest frame by more than this is breath or room. */
const RANGE_DB = 30;
const FAINTEST_DB = -60;
/** Frames this far from their neighbours, in octaves, are slips. */
const MOST_JUMP_OCTAVES = 0.4;
const NEIGHBOURHOOD_FRAMES = 7;
const LEAST_NEIGHBOURS = 3;

/**
 * Fundamental frequency by YIN (de Cheveigné and Kawahara, 2002): the cumulative mean normalised difference function, its
 * first dip below a threshold, and a parabola through the dip. Frames an octave away from the median of their
 * surroundings are moved there when the difference function has a dip there too, and dropped when not.
 *
 * @param samples 16 kHz mono in [-1, 1]; about 25 ms of computing a second
 * @example
 * trackPitch(vowelAt120Hz).frequenciesHz[20]; // 120
 */
export function trackPitch(samples: Float32Array): PitchTrack {
  const levels = frameLevelsDb(samples);
  const needed = WINDOW_SAMPLES + LONGEST_LAG;
  const frameCount = samples.length < needed ? 0 : 1 + Math.floor((samples.length - needed) / HOP_SAMPLES);
  const frequenciesHz = new Float32Array(frameCount);
  const loudestDb = levels.reduce((most, level) => Math.max(most, level), Number.NEGATIVE_INFINITY);
  const thresholdDb = Math.max(FAINTEST_DB, loudestDb - RANGE_DB);
  const differences: (Float64Array | undefined)[] = [];
  for (let frame = 0; frame < frameCount; frame += 1) {
    // The window spans several level frames; the one in its middle stands for it.
    const middle = frame + Math.round(WINDOW_SAMPLES / 2 / HOP_SAMPLES);
    if ((levels[middle] ?? Number.NEGATIVE_INFINITY) < thresholdDb) continue;
    const difference = normalisedDifference(samples, frame * HOP_SAMPLES);
    differences[frame] = difference;
    frequenciesHz[frame] = frequencyAt(difference, firstDip(difference));
  }
  return { frequenciesHz: withoutSlips(frequenciesHz, differences) };
}

/** Index is the lag in samples. */
function normalisedDifference(samples: Float32Array, start: number): Float64Array {
  const difference = new Float64Array(LONGEST_LAG + 1);
  let sum = 0;
  difference[0] = 1;
  for (let lag = 1; lag <= LONGEST_LAG; lag += 1) {
    let squares = 0;
    for (let index = start; index < start + WINDOW_SAMPLES; index += 1) {
      const step = (samples[index] as number) - (samples[index + lag] as number);
      squares += step * step;
    }
    sum += squares;
    difference[lag] = sum > 0 ? (squares * lag) / sum : 1;
  }
  return difference;
}

/** Lag of the period, or 0 where there is none. */
function firstDip(difference: Float64Array): number {
  const dips: number[] = [];
  let deepest = SHALLOWEST_DIP;
  for (let lag = SHORTEST_LAG; lag < LONGEST_LAG; lag += 1) {
    const value = difference[lag] as number;
    const isDip = value <= (difference[lag - 1] as number) && value < (difference[lag + 1] as number);
    if (!isDip || value >= SHALLOWEST_DIP) continue;
    if (value < FIRST_DIP) return lag;
    dips.push(lag);
    deepest = Math.min(deepest, value);
  }
  // In noise the dips at all multiples of the period are as deep: the deepest would be any of them.
  return dips.find((lag) => (difference[lag] as number) <= deepest + AS_DEEP) ?? 0;
}

/** Vertex of the parabola through the dip and its neighbours. */
function frequencyAt(difference: Float64Array, lag: number): number {
  if (lag === 0) return 0;
  const before = difference[lag - 1] as number;
  const at = difference[lag] as number;
  const after = difference[lag + 1] as number;
  const curvature = before - 2 * at + after;
  const shift = curvature > 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature))) : 0;
  return SAMPLE_RATE_HZ / (lag + shift);
}

function withoutSlips(
  frequenciesHz: Float32Array,
  differences: readonly (Float64Array | undefined)[],
): Float32Array {
  return frequenciesHz.map((frequency, frame) => {
    if (frequency === 0) return 0;
    const around = frequenciesHz.subarray(
      Math.max(0, frame - NEIGHBOURHOOD_FRAMES),
      frame + NEIGHBOURHOOD_FRAMES + 1,
    );
    const voiced = Array.from(around).filter((each) => each > 0);
    if (voiced.length < LEAST_NEIGHBOURS) return 0;
    const usual = medianOf(voiced);
    if (Math.abs(Math.log2(frequency / usual)) <= MOST_JUMP_OCTAVES) return frequency;
    const difference = differences[frame];
    if (difference === undefined) return 0;
    const expected = SAMPLE_RATE_HZ / usual;
    let best = 0;
    const last = Math.min(LONGEST_LAG - 1, Math.ceil(expected * 1.15));
    for (let lag = Math.max(SHORTEST_LAG, Math.floor(expected / 1.15)); lag <= last; lag += 1)
      if (best === 0 || (difference[lag] as number) < (difference[best] as number)) best = lag;
    return best > 0 && (difference[best] as number) < SHALLOWEST_DIP ? frequencyAt(difference, best) : 0;
  });
}
