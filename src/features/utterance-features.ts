/** A sequence of feature vectors, row-major: frame `t` is `data[t * dimensions … (t + 1) * dimensions)`. */
export interface FrameSequence {
  readonly frameCount: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}

/** What the shipped encoder makes of one utterance. Both embeddings have length 1: compare them by cosine. */
export interface UtteranceEmbedding {
  /** What was said: 96 dimensions. */
  readonly phrase: Float32Array;
  /** Who said it: 64 dimensions. */
  readonly speaker: Float32Array;
  /** What was said, moment by moment: a frame every 20 ms, 128 dimensions, never negative. */
  readonly frames: FrameSequence;
}

/** What the recogniser sees of one utterance. One frame every 10 ms, 25 ms windows. */
export interface UtteranceFeatures {
  /** Natural log of 40 mel band energies, 60–7600 Hz. */
  readonly logMel: FrameSequence;
  /** 13 mel-frequency cepstral coefficients and their first derivatives: 26 dimensions. */
  readonly mfcc: FrameSequence;
  /** Absent where the encoder could not be loaded or run: templates then decide alone. */
  readonly embedding?: UtteranceEmbedding;
}
