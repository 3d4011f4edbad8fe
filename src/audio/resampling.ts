import { assert } from '../core/assert';
import { SAMPLE_RATE_HZ } from '../core/units';

/** Zero crossings of the sinc on either side, at the lower of the two rates. */
const ZERO_CROSSINGS = 24;
/** Kaiser window: stopband about 80 dB down. */
const KAISER_BETA = 8;
/** The pass band ends here, as a share of the lower Nyquist frequency. */
const CUTOFF = 0.94;

/**
 * Streaming resampler to 16 kHz: polyphase windowed sinc (Kaiser), linear phase, unity gain at 0 Hz,
 * about 80 dB of alias rejection. Keeps `2 × ZERO_CROSSINGS` samples of history between calls, so that
 * any chunking gives the same output.
 *
 * @example
 * const resampler = new Resampler(48_000);
 * resampler.push(new Float32Array(480)).length; // about 160
 */
export class Resampler {
  readonly #stepIn: number;
  readonly #phaseCount: number;
  readonly #tapCount: number;
  readonly #phases: Float32Array[];
  #history: Float32Array;
  /** Position of the next output inside `history`, in input samples, as whole + phase / phaseCount. */
  #next: number;
  #phase = 0;
  readonly #isPassThrough: boolean;

  /** @param inputHz whole number of samples a second, 8,000 to 384,000 */
  constructor(inputHz: number) {
    assert(
      Number.isInteger(inputHz) && inputHz >= 8_000 && inputHz <= 384_000,
      'unusable sample rate',
      inputHz,
    );
    this.#isPassThrough = inputHz === SAMPLE_RATE_HZ;
    const divisor = greatestCommonDivisor(inputHz, SAMPLE_RATE_HZ);
    this.#phaseCount = SAMPLE_RATE_HZ / divisor;
    this.#stepIn = inputHz / divisor;
    const bandwidth = Math.min(1, SAMPLE_RATE_HZ / inputHz) * CUTOFF;
    const halfWidth = Math.ceil(ZERO_CROSSINGS / bandwidth);
    this.#tapCount = 2 * halfWidth;
    this.#phases = Array.from({ length: this.#phaseCount }, (_, phase) =>
      polyphaseTaps(phase / this.#phaseCount, halfWidth, bandwidth),
    );
    this.#history = new Float32Array(halfWidth - 1);
    this.#next = 0;
  }

  /** Converts the next stretch of input; the result is a new array. */
  push(input: Float32Array): Float32Array {
    if (this.#isPassThrough) return input.slice();
    const samples = new Float32Array(this.#history.length + input.length);
    samples.set(this.#history);
    samples.set(input, this.#history.length);

    const output: number[] = [];
    while (this.#next + this.#tapCount <= samples.length) {
      const taps = this.#phases[this.#phase] as Float32Array;
      let sum = 0;
      for (let tap = 0; tap < this.#tapCount; tap += 1) {
        sum += (taps[tap] as number) * (samples[this.#next + tap] as number);
      }
      output.push(sum);
      this.#phase += this.#stepIn;
      this.#next += Math.floor(this.#phase / this.#phaseCount);
      this.#phase %= this.#phaseCount;
    }
    const used = Math.min(this.#next, samples.length);
    this.#history = samples.slice(used);
    this.#next -= used;
    return Float32Array.from(output);
  }
}

/** Taps that interpolate at `offset` samples past the middle of the window. */
function polyphaseTaps(offset: number, halfWidth: number, bandwidth: number): Float32Array {
  const taps = new Float32Array(2 * halfWidth);
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap += 1) {
    const time = tap - (halfWidth - 1) - offset;
    const value = sinc(time * bandwidth) * kaiser(time / halfWidth);
    taps[tap] = value;
    sum += value;
  }
  return taps.map((value) => value / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Converts a finished recording to 16 kHz, its delay removed and its length kept. */
export function resampleTo16k(samples: Float32Array, inputHz: number): Float32Array {
  const resampler = new Resampler(inputHz);
  const head = resampler.push(samples);
  const expected = Math.round((samples.length * SAMPLE_RATE_HZ) / inputHz);
  const tail = head.length < expected ? resampler.push(new Float32Array(inputHz / 10)) : new Float32Array(0);
  const result = new Float32Array(expected);
  result.set(head.subarray(0, expected));
  if (head.length < expected) result.set(tail.subarray(0, expected - head.length), head.length);
  return result;
}
