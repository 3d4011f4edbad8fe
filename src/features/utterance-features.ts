/** A sequence of feature vectors, row-major: frame `t` is `data[t * dimensions … (t + 1) * dimensions)`. */
export interface FrameSequence {
  readonly frameCount: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}

/** What the recogniser sees of one utterance. One frame every 10 ms, 25 ms windows. */
export interface UtteranceFeatures {
  /** Natural log of 40 mel band energies, 60–7600 Hz. */
  readonly logMel: FrameSequence;
  /** 13 mel-frequency cepstral coefficients and their first derivatives: 26 dimensions. */
  readonly mfcc: FrameSequence;
}
