/** Plain numbers of the encoder, so that it can be put on any backend, and again after one was lost. */
export interface EncoderWeights {
  readonly input: {
    /** Mel bands of a log-mel frame. */
    readonly bands: number;
    /** How far below the loudest band energies still count (natural log), and what the rest is divided by. */
    readonly range: number;
    readonly scale: number;
  };
  /** A convolution over `kernel.length / (bands · channels)` frames, every `stride`-th of which begins a new one. */
  readonly stem: { readonly kernel: Float32Array; readonly bias: Float32Array; readonly stride: number };
  readonly channels: number;
  readonly blocks: readonly EncoderBlock[];
  /** The speaker branch leaves the trunk after this many blocks. */
  readonly sharedBlocks: number;
  /** What the speaker branch has of its own from there on. */
  readonly speakerBlocks: readonly EncoderBlock[];
  /** Added to variances before the root is taken. */
  readonly poolingFloor: number;
  readonly phrase: EncoderHead;
  readonly speaker: EncoderHead;
}

/** Separable convolution with a shortcut: `relu(x + pointwise(depthwise(x)))`. */
export interface EncoderBlock {
  /** `[taps, channels]`, an odd number of taps. */
  readonly depthwise: Float32Array;
  /** `[channels, channels]`, in × out. */
  readonly pointwise: Float32Array;
  readonly bias: Float32Array;
}

/** From mean and deviation over time to an embedding: `[2 · channels, bias.length]`, in × out. */
export interface EncoderHead {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Row-major: row `t` is `data[t * dimensions … (t + 1) * dimensions)`. */
export interface Frames {
  readonly frameCount: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}

/** What the encoder makes of one utterance. Both embeddings have length 1. */
export interface Encoding {
  readonly phrase: Float32Array;
  readonly speaker: Float32Array;
  /** What the last block made: one frame for every `stride` of the input, `channels` wide, never negative. */
  readonly frames: Frames;
}

/** What the blocks make of an utterance: frames after the last block of the trunk, and of the speaker branch. */
export interface TrunkFrames {
  readonly phrase: Float32Array;
  readonly speaker: Float32Array;
}

/** Frames that one step of the stem looks at. */
export function stemTaps(weights: EncoderWeights): number {
  return weights.stem.kernel.length / (weights.input.bands * weights.channels);
}
