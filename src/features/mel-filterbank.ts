import { assert } from '../core/assert';

/** O'Shaughnessy's mel scale (1987): about linear below 1 kHz, logarithmic above. */
export const hzToMel = (frequencyHz: number): number => 2595 * Math.log10(1 + frequencyHz / 700);
export const melToHz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

export interface MelFilterbankOptions {
  readonly bandCount: number;
  readonly lowestHz: number;
  readonly highestHz: number;
  readonly sampleRateHz: number;
  readonly fftLength: number;
}

/**
 * Triangular bands, equally wide on the mel scale, each rising from the centre of the band below and
 * falling to the centre of the band above (Davis and Mermelstein, 1980). Two neighbours always add up
 * to 1, so between the outermost centres no energy is lost or counted twice. Only non-zero weights are
 * kept.
 */
export class MelFilterbank {
  readonly bandCount: number;
  readonly centresHz: Float64Array;
  readonly #firstBin: Uint16Array;
  readonly #offsets: Uint32Array;
  readonly #weights: Float64Array;

  constructor({ bandCount, lowestHz, highestHz, sampleRateHz, fftLength }: MelFilterbankOptions) {
    assert(highestHz <= sampleRateHz / 2, 'bands end below half the sample rate', highestHz);
    this.bandCount = bandCount;
    const lowestMel = hzToMel(lowestHz);
    const widthMel = (hzToMel(highestHz) - lowestMel) / (bandCount + 1);
    this.centresHz = Float64Array.from({ length: bandCount }, (_, band) =>
      melToHz(lowestMel + (band + 1) * widthMel),
    );
    this.#firstBin = new Uint16Array(bandCount);
    this.#offsets = new Uint32Array(bandCount + 1);
    const weights: number[] = [];
    for (let band = 0; band < bandCount; band += 1) {
      const centreMel = lowestMel + (band + 1) * widthMel;
      const firstBin = Math.ceil((melToHz(centreMel - widthMel) * fftLength) / sampleRateHz);
      this.#firstBin[band] = firstBin;
      for (let bin = firstBin; bin <= fftLength / 2; bin += 1) {
        const mel = hzToMel((bin * sampleRateHz) / fftLength);
        const weight = 1 - Math.abs(mel - centreMel) / widthMel;
        if (weight <= 0 && mel > centreMel) break;
        weights.push(Math.max(0, weight));
      }
      this.#offsets[band + 1] = weights.length;
    }
    this.#weights = Float64Array.from(weights);
  }

  /**
   * Writes the energy of every band.
   *
   * @param power power spectrum of `fftLength / 2 + 1` bins
   * @param energies receives `bandCount` values
   */
  apply(power: Float64Array, energies: Float64Array): void {
    for (let band = 0; band < this.bandCount; band += 1) {
      const start = this.#offsets[band] as number;
      const end = this.#offsets[band + 1] as number;
      const shift = (this.#firstBin[band] as number) - start;
      let energy = 0;
      for (let index = start; index < end; index += 1) {
        energy += (this.#weights[index] as number) * (power[index + shift] as number);
      }
      energies[band] = energy;
    }
  }
}
