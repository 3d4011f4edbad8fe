import type { SampleIndex } from '../core/units';

/** A piece of the stream: 16 kHz mono in [-1, 1]. `start` counts from the first sample of the stream. */
export interface AudioChunk {
  readonly start: SampleIndex;
  readonly samples: Float32Array;
}

/** One stretch of speech as endpointing cut it, with a little of the surrounding silence left on. */
export interface Utterance {
  /** 16 kHz mono in [-1, 1]. */
  readonly samples: Float32Array;
  /**
   * `silence`: the hangover ran out. `limit`: the longest allowed utterance was reached.
   * `release`: the push-to-talk button was let go. `whole`: an audio file, taken as it is.
   */
  readonly endedBy: 'silence' | 'limit' | 'release' | 'whole';
}
