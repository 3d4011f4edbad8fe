import { assert } from '../core/assert';

/**
 * Power spectrum of real signals of one fixed, power-of-two length. The signal is folded into half as
 * many complex numbers, transformed with an in-place radix-2 FFT (Cooley and Tukey, 1965) and unfolded.
 * Twiddles, bit reversal and work space are made once, so a transform allocates nothing.
 *
 * @example
 * const fft = new RealFft(8);
 * const power = new Float64Array(fft.binCount);
 * fft.powerSpectrum(new Float64Array(8).fill(1), power); // power[0] = 64, the rest 0
 */
export class RealFft {
  /** Bins from 0 Hz to half the sample rate, both included. */
  readonly binCount: number;
  readonly #half: number;
  readonly #reversed: Uint16Array;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;

  /** @param length samples in a frame: a power of two from 4 to 65536 */
  constructor(readonly length: number) {
    assert(length >= 4 && length <= 65_536 && (length & (length - 1)) === 0, 'a power of two', length);
    const half = length / 2;
    this.#half = half;
    this.binCount = half + 1;
    this.#reversed = new Uint16Array(half);
    for (let index = 1; index < half; index += 1) {
      this.#reversed[index] = ((this.#reversed[index >> 1] as number) >> 1) | (index & 1 ? half >> 1 : 0);
    }
    this.#cosines = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / length));
    this.#sines = Float64Array.from({ length: half }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
    this.#real = new Float64Array(half);
    this.#imaginary = new Float64Array(half);
  }

  /**
   * Writes |X[k]|², not normalised, for `binCount` bins.
   *
   * @param signal `length` samples; not changed
   * @param power receives `binCount` values
   */
  powerSpectrum(signal: Float64Array, power: Float64Array): void {
    const half = this.#half;
    const real = this.#real;
    const imaginary = this.#imaginary;
    const reversed = this.#reversed;
    for (let index = 0; index < half; index += 1) {
      const target = reversed[index] as number;
      real[target] = signal[2 * index] as number;
      imaginary[target] = signal[2 * index + 1] as number;
    }
    this.#transform();
    const r0 = real[0] as number;
    const i0 = imaginary[0] as number;
    power[0] = (r0 + i0) * (r0 + i0);
    power[half] = (r0 - i0) * (r0 - i0);
    for (let k = 1; k < half; k += 1) {
      const ar = real[k] as number;
      const ai = imaginary[k] as number;
      const br = real[half - k] as number;
      const bi = imaginary[half - k] as number;
      const cosine = this.#cosines[k] as number;
      const sine = this.#sines[k] as number;
      const differenceReal = ar - br;
      const sumImaginary = ai + bi;
      const x = 0.5 * (ar + br + cosine * sumImaginary + sine * differenceReal);
      const y = 0.5 * (ai - bi + sine * sumImaginary - cosine * differenceReal);
      power[k] = x * x + y * y;
    }
  }

  #transform(): void {
    const half = this.#half;
    const real = this.#real;
    const imaginary = this.#imaginary;
    const cosines = this.#cosines;
    const sines = this.#sines;
    for (let span = 1; span < half; span *= 2) {
      const step = half / span;
      for (let offset = 0; offset < span; offset += 1) {
        const cosine = cosines[offset * step] as number;
        const sine = sines[offset * step] as number;
        for (let low = offset; low < half; low += 2 * span) {
          const high = low + span;
          const hr = real[high] as number;
          const hi = imaginary[high] as number;
          const xr = hr * cosine - hi * sine;
          const xi = hr * sine + hi * cosine;
          const lr = real[low] as number;
          const li = imaginary[low] as number;
          real[high] = lr - xr;
          imaginary[high] = li - xi;
          real[low] = lr + xr;
          imaginary[low] = li + xi;
        }
      }
    }
  }
}
