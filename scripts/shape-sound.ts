import type { Random } from '../src/core/random';
import { SAMPLE_RATE_HZ } from '../src/core/units';

/** Half the length of the interpolation kernel, in input samples. */
const KERNEL_REACH_SAMPLES = 24;

/**
 * Resamples to 16 kHz, with time gently warped on the way so that no two takes run at one constant pace.
 * Windowed-sinc interpolation, cut off at 7.2 kHz.
 *
 * @param wobble depth of the warp: 0.01 lets pace and pitch drift by up to one per cent
 * @param phase where in its slow cycle (about 0.7 s) the warp starts, in radians
 */
export function resampleWarped(
  input: Float32Array,
  inputRateHz: number,
  wobble: number,
  phase: number,
): Float32Array {
  const step = inputRateHz / SAMPLE_RATE_HZ;
  const cutoff = 7_200 / (inputRateHz / 2);
  const output = new Float32Array(Math.floor(input.length / step));
  let position = 0;
  for (let n = 0; n < output.length; n += 1) {
    output[n] = interpolate(input, position, cutoff);
    position += step * (1 + wobble * Math.sin(phase + (2 * Math.PI * n) / (0.7 * SAMPLE_RATE_HZ)));
  }
  return output;
}

function interpolate(input: Float32Array, position: number, cutoff: number): number {
  const first = Math.max(0, Math.ceil(position - KERNEL_REACH_SAMPLES));
  const last = Math.min(input.length - 1, Math.floor(position + KERNEL_REACH_SAMPLES));
  let sum = 0;
  for (let index = first; index <= last; index += 1) {
    const distance = position - index;
    const x = Math.PI * cutoff * distance;
    const sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
    const hann = 0.5 + 0.5 * Math.cos((Math.PI * distance) / KERNEL_REACH_SAMPLES);
    sum += (input[index] ?? 0) * cutoff * sinc * hann;
  }
  return sum;
}

/**
 * The stretch that holds speech: everything from the first to the last 10 ms within 45 dB of the loudest.
 * Its ends fade over 15 ms, because a synthesiser may stop at full level, which is heard as a click.
 */
export function trimSilence(samples: Float32Array): Float32Array {
  const frame = SAMPLE_RATE_HZ / 100;
  const levels: number[] = [];
  for (let start = 0; start + frame <= samples.length; start += frame) {
    levels.push(rms(samples.subarray(start, start + frame)));
  }
  const floor = Math.max(...levels) * 10 ** (-45 / 20);
  const first = levels.findIndex((level) => level > floor);
  const last = levels.findLastIndex((level) => level > floor);
  const speech = samples.slice(Math.max(0, first * frame), (last + 1) * frame);
  const fade = 1.5 * frame;
  return speech.map((value, n) => value * Math.min(1, n / fade, (speech.length - n) / fade));
}

/** Two early reflections and a slight tilt of the spectrum: another place in the room, another angle to the microphone. */
export function placeInRoom(samples: Float32Array, random: Random): Float32Array {
  const reflections = [
    { delay: Math.round((0.004 + 0.006 * random()) * SAMPLE_RATE_HZ), gain: 0.08 + 0.1 * random() },
    { delay: Math.round((0.011 + 0.012 * random()) * SAMPLE_RATE_HZ), gain: 0.04 + 0.08 * random() },
  ];
  const tilt = 0.3 * (random() - 0.5);
  const output = new Float32Array(samples.length);
  let previous = 0;
  for (let n = 0; n < samples.length; n += 1) {
    let value = samples[n] ?? 0;
    for (const { delay, gain } of reflections) value += gain * (samples[n - delay] ?? 0);
    output[n] = value + tilt * previous;
    previous = value;
  }
  return output;
}

/** Scales to a speech level (RMS over the frames that hold speech), but never beyond a peak of -3 dB. */
export function setSpeechLevel(samples: Float32Array, levelDb: number): Float32Array {
  const frame = SAMPLE_RATE_HZ / 100;
  const powers: number[] = [];
  for (let start = 0; start + frame <= samples.length; start += frame) {
    powers.push(rms(samples.subarray(start, start + frame)) ** 2);
  }
  const floor = Math.max(...powers) / 1_000;
  const active = powers.filter((power) => power > floor);
  const level = Math.sqrt(active.reduce((sum, power) => sum + power, 0) / active.length);
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gain = Math.min(10 ** (levelDb / 20) / level, 10 ** (-3 / 20) / peak);
  return samples.map((value) => value * gain);
}

/** Lays speech into a quiet room: silence before and after, and noise under all of it. `noise` is as long as the result. */
export function layIntoNoise(speech: Float32Array, noise: Float32Array, leadSamples: number): Float32Array {
  const output = noise.slice();
  for (let n = 0; n < speech.length; n += 1) {
    const at = leadSamples + n;
    if (at < output.length) output[at] = (output[at] ?? 0) + (speech[n] ?? 0);
  }
  return output;
}

/**
 * Noise of a given colour. Pink falls by 3 dB an octave (a sum of first-order low-passes an octave apart),
 * brown by 6 dB (one low-pass at 20 Hz, so that it does not wander off).
 */
export function colouredNoise(
  colour: 'pink' | 'brown',
  lengthSamples: number,
  levelDb: number,
  random: Random,
): Float32Array {
  const cornersHz = colour === 'brown' ? [20] : [20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120];
  const poles = cornersHz.map((hz) => Math.exp((-2 * Math.PI * hz) / SAMPLE_RATE_HZ));
  const state = poles.map(() => 0);
  const noise = new Float32Array(lengthSamples);
  for (let n = -SAMPLE_RATE_HZ / 4; n < lengthSamples; n += 1) {
    let sum = 0;
    poles.forEach((pole, index) => {
      // Each low-pass is driven to the same variance, so that every octave has the same power.
      const next = pole * (state[index] ?? 0) + Math.sqrt(1 - pole * pole) * gaussian(random);
      state[index] = next;
      sum += next;
    });
    if (n >= 0) noise[n] = sum;
  }
  const gain = 10 ** (levelDb / 20) / rms(noise);
  return noise.map((value) => value * gain);
}

/** One draw from the standard normal distribution (Box–Muller). */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}
