import { SAMPLE_RATE_HZ } from '../core/units';
import { CosineTransform } from './cosine-transform';
import { writeDeltas } from './deltas';
import { MelFilterbank } from './mel-filterbank';
import { RealFft } from './real-fft';
import type { FrameSequence, UtteranceFeatures } from './utterance-features';

export const HOP_SAMPLES = 160;
export const WINDOW_SAMPLES = 400;
export const MEL_BANDS = 40;
export const CEPSTRA = 13;

const FFT_LENGTH = 512;
/** Below the energy of 16-bit rounding noise in the narrowest band, so digital silence stays finite. */
const ENERGY_FLOOR = 1e-10;

/** How many frames a signal of 16 kHz samples has. */
export const frameCountOf = (sampleCount: number): number =>
  sampleCount < WINDOW_SAMPLES ? 0 : 1 + Math.floor((sampleCount - WINDOW_SAMPLES) / HOP_SAMPLES);

/**
 * Turns 16 kHz sound into features while it arrives, so that at the end of speech only matching is
 * left to do. The features do not depend on how the samples were cut into chunks.
 *
 * @example
 * const extractor = new FeatureExtractor();
 * extractor.push(new Float32Array(800)); // 50 ms
 * extractor.finish().logMel.frameCount; // 3
 */
export class FeatureExtractor {
  readonly #fft = new RealFft(FFT_LENGTH);
  readonly #filterbank = new MelFilterbank({
    bandCount: MEL_BANDS,
    lowestHz: 60,
    highestHz: 7600,
    sampleRateHz: SAMPLE_RATE_HZ,
    fftLength: FFT_LENGTH,
  });
  readonly #cosine = new CosineTransform(MEL_BANDS, CEPSTRA);
  readonly #window = Float64Array.from(
    { length: WINDOW_SAMPLES },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / WINDOW_SAMPLES),
  );
  readonly #pending = new Float32Array(WINDOW_SAMPLES);
  readonly #windowed = new Float64Array(FFT_LENGTH);
  readonly #power = new Float64Array(this.#fft.binCount);
  readonly #energies = new Float64Array(MEL_BANDS);
  #pendingCount = 0;
  #frameCount = 0;
  #logMel = new Float32Array(256 * MEL_BANDS);

  /** Frames that are ready so far. */
  get frameCount(): number {
    return this.#frameCount;
  }

  /** @param samples 16 kHz mono in [-1, 1]; copied, never kept */
  push(samples: Float32Array): void {
    let position = 0;
    while (position < samples.length) {
      const taken = Math.min(WINDOW_SAMPLES - this.#pendingCount, samples.length - position);
      this.#pending.set(samples.subarray(position, position + taken), this.#pendingCount);
      this.#pendingCount += taken;
      position += taken;
      if (this.#pendingCount === WINDOW_SAMPLES) {
        this.#addFrame();
        this.#pending.copyWithin(0, HOP_SAMPLES);
        this.#pendingCount -= HOP_SAMPLES;
      }
    }
  }

  /**
   * Features of the sound pushed since the last `reset`, which starts anew by itself.
   *
   * @param sampleCount leaves off what was pushed beyond this many samples, such as a trimmed tail
   */
  finish(sampleCount = Number.POSITIVE_INFINITY): UtteranceFeatures {
    const frameCount = Math.min(this.#frameCount, frameCountOf(sampleCount));
    const logMel: FrameSequence = {
      frameCount,
      dimensions: MEL_BANDS,
      data: this.#logMel.slice(0, frameCount * MEL_BANDS),
    };
    this.reset();
    return { logMel, mfcc: this.#cepstraOf(logMel) };
  }

  /** Forgets what was pushed. */
  reset(): void {
    this.#pendingCount = 0;
    this.#frameCount = 0;
  }

  #addFrame(): void {
    const windowed = this.#windowed;
    for (let index = 0; index < WINDOW_SAMPLES; index += 1) {
      windowed[index] = (this.#window[index] as number) * (this.#pending[index] as number);
    }
    this.#fft.powerSpectrum(windowed, this.#power);
    this.#filterbank.apply(this.#power, this.#energies);
    const offset = this.#frameCount * MEL_BANDS;
    if (offset + MEL_BANDS > this.#logMel.length) {
      const larger = new Float32Array(this.#logMel.length * 2);
      larger.set(this.#logMel);
      this.#logMel = larger;
    }
    for (let band = 0; band < MEL_BANDS; band += 1) {
      this.#logMel[offset + band] = Math.log((this.#energies[band] as number) + ENERGY_FLOOR);
    }
    this.#frameCount += 1;
  }

  #cepstraOf({ frameCount, data }: FrameSequence): FrameSequence {
    const dimensions = 2 * CEPSTRA;
    const cepstra = new Float32Array(frameCount * dimensions);
    for (let frame = 0; frame < frameCount; frame += 1) {
      this.#cosine.apply(data, frame * MEL_BANDS, cepstra, frame * dimensions);
    }
    writeDeltas(cepstra, dimensions, { from: 0, count: CEPSTRA, to: CEPSTRA });
    return { frameCount, dimensions, data: cepstra };
  }
}

/** Features of a whole recording at once: 16 kHz mono in [-1, 1]. */
export function extractFeatures(samples: Float32Array): UtteranceFeatures {
  const extractor = new FeatureExtractor();
  extractor.push(samples);
  return extractor.finish();
}
