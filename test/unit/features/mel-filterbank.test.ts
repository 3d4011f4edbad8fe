import { describe, expect, it } from 'vitest';
import { hzToMel, MelFilterbank, melToHz } from '../../../src/features/mel-filterbank';

const create = (): MelFilterbank =>
  new MelFilterbank({ bandCount: 40, lowestHz: 60, highestHz: 7600, sampleRateHz: 16_000, fftLength: 512 });

const energiesOfBin = (bin: number): Float64Array => {
  const power = new Float64Array(257);
  power[bin] = 1;
  const energies = new Float64Array(40);
  create().apply(power, energies);
  return energies;
};

describe('MelFilterbank', () => {
  it('has 1000 Hz at 1000 mel, and goes back and forth', () => {
    expect(hzToMel(1000)).toBeCloseTo(1000, 0);
    expect(melToHz(hzToMel(3456))).toBeCloseTo(3456, 8);
  });

  it('gives a frequency to the band whose centre is nearest on the mel scale', () => {
    const { centresHz } = create();
    for (const bin of [10, 40, 100, 200]) {
      const mel = hzToMel((bin * 16_000) / 512);
      const energies = [...energiesOfBin(bin)];
      const loudest = energies.indexOf(Math.max(...energies));
      const distances = [...centresHz].map((centre) => Math.abs(hzToMel(centre) - mel));
      expect(loudest).toBe(distances.indexOf(Math.min(...distances)));
    }
  });

  it('neither loses nor doubles energy between the outermost centres', () => {
    const { centresHz } = create();
    for (let bin = 0; bin <= 256; bin += 1) {
      const hertz = (bin * 16_000) / 512;
      if (hertz < (centresHz[0] ?? 0) || hertz > (centresHz[39] ?? 0)) continue;
      const total = energiesOfBin(bin).reduce((sum, energy) => sum + energy, 0);
      expect(total).toBeCloseTo(1, 10);
    }
  });

  it('hears nothing outside its range', () => {
    expect(energiesOfBin(1).every((energy) => energy === 0)).toBe(true);
    expect(energiesOfBin(250).every((energy) => energy === 0)).toBe(true);
  });

  it('has energy in every band of white noise', () => {
    const energies = new Float64Array(40);
    create().apply(new Float64Array(257).fill(1), energies);
    expect(energies.every((energy) => energy > 0)).toBe(true);
  });
});
