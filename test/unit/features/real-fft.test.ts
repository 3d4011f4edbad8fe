import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random';
import { RealFft } from '../../../src/features/real-fft';

function spectrumByDefinition(signal: Float64Array): number[] {
  return Array.from({ length: signal.length / 2 + 1 }, (_, bin) => {
    let real = 0;
    let imaginary = 0;
    for (const [index, sample] of signal.entries()) {
      real += sample * Math.cos((2 * Math.PI * bin * index) / signal.length);
      imaginary -= sample * Math.sin((2 * Math.PI * bin * index) / signal.length);
    }
    return real * real + imaginary * imaginary;
  });
}

const noise = (length: number, seed: number): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => random() * 2 - 1);
};

describe('RealFft', () => {
  it('agrees with the definition of the discrete Fourier transform at every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer(), (exponent, seed) => {
        const signal = noise(2 ** exponent, seed);
        const fft = new RealFft(signal.length);
        const power = new Float64Array(fft.binCount);
        fft.powerSpectrum(signal, power);
        for (const [bin, value] of spectrumByDefinition(signal).entries()) {
          expect(power[bin]).toBeCloseTo(value, 6);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the energy of the signal (Parseval)', () => {
    const signal = noise(512, 3);
    const fft = new RealFft(512);
    const power = new Float64Array(fft.binCount);
    fft.powerSpectrum(signal, power);
    const inTime = signal.reduce((sum, sample) => sum + sample * sample, 0);
    const inFrequency = power.reduce(
      (sum, value, bin) => sum + (bin === 0 || bin === 256 ? 1 : 2) * value,
      0,
    );
    expect(inFrequency / 512).toBeCloseTo(inTime, 8);
  });

  it('refuses lengths that are no power of two', () => {
    expect(() => new RealFft(400)).toThrow('power of two');
  });
});
