import {
  add,
  concat,
  depthwiseConv2d,
  dispose,
  fused,
  mul,
  relu,
  reshape,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { StemInput } from './encoder-input';
import { type EncoderBlock, type EncoderWeights, stemTaps, type TrunkFrames } from './encoder-weights';

/** The blocks of the encoder on one backend, its weights uploaded. */
export interface EncoderTrunk {
  /**
   * Queues the forward pass; only `read` waits. Call it, and `dispose`, while the backend is active.
   *
   * @param paddedRowCount at least `input.rowCount`; rows in between are masked and change nothing
   */
  run(input: StemInput, paddedRowCount: number): QueuedFrames;
  dispose(): void;
}

export interface QueuedFrames {
  /** Copies the frames back, padding left out, and frees them on the backend. */
  read(): Promise<TrunkFrames>;
}

interface UploadedBlock {
  readonly depthwise: Tensor4D;
  readonly pointwise: Tensor2D;
  readonly bias: Tensor1D;
}

/** One for every real row, zero for padding: `[padded, 1]`. `undefined` where nothing is padded. */
function maskOf(rowCount: number, padded: number): Tensor2D | undefined {
  if (rowCount === padded) return undefined;
  return tensor2d(new Float32Array(padded).fill(1, 0, rowCount), [padded, 1]);
}

/** Uploads the weights to the active backend. Loads tfjs: import this file lazily. */
export function createEncoderTrunk(weights: EncoderWeights): EncoderTrunk {
  const { channels, sharedBlocks } = weights;
  const inputs = stemTaps(weights) * weights.input.bands;
  const stemKernel = tensor2d(weights.stem.kernel, [inputs, channels]);
  const stemBias = tensor1d(weights.stem.bias);
  const upload = ({ depthwise, pointwise, bias }: EncoderBlock): UploadedBlock => ({
    depthwise: tensor4d(depthwise, [1, depthwise.length / channels, channels, 1]),
    pointwise: tensor2d(pointwise, [channels, channels]),
    bias: tensor1d(bias),
  });
  const blocks = weights.blocks.map(upload);
  const speakerBlocks = weights.speakerBlocks.map(upload);

  function blockOutput(x: Tensor2D, block: UploadedBlock, mask: Tensor2D | undefined): Tensor2D {
    const rowCount = x.shape[0];
    const image: Tensor4D = reshape(x, [1, 1, rowCount, channels]);
    const mixed: Tensor2D = reshape(depthwiseConv2d(image, block.depthwise, 1, 'same'), [rowCount, channels]);
    // A matrix product and not a 1×1 convolution: WebAssembly runs it on XNNPACK.
    const output: Tensor2D = relu(add(x, fused.matMul({ a: mixed, b: block.pointwise, bias: block.bias })));
    return mask === undefined ? output : mul(output, mask);
  }

  function forward({ rows, rowCount }: StemInput, padded: number): Tensor2D {
    const mask = maskOf(rowCount, padded);
    const filled = mask === undefined ? rows : new Float32Array(padded * inputs);
    if (mask !== undefined) filled.set(rows);
    const a = tensor2d(filled, [padded, inputs]);
    const stem = relu(fused.matMul({ a, b: stemKernel, bias: stemBias }) as Tensor2D);
    let x: Tensor2D = mask === undefined ? stem : mul(stem, mask);
    let speaker = x;
    for (const [index, block] of blocks.entries()) {
      x = blockOutput(x, block, mask);
      if (index + 1 === sharedBlocks) speaker = x;
    }
    for (const block of speakerBlocks) speaker = blockOutput(speaker, block, mask);
    // One tensor: reading back is what costs on graphics backends.
    return concat<Tensor2D>([x, speaker], 0);
  }

  return {
    run(input, paddedRowCount) {
      const both = tidy(() => forward(input, paddedRowCount));
      return {
        async read() {
          try {
            const data = (await both.data()) as Float32Array;
            const half = paddedRowCount * channels;
            const length = input.rowCount * channels;
            return { phrase: data.slice(0, length), speaker: data.slice(half, half + length) };
          } finally {
            both.dispose();
          }
        },
      };
    },
    dispose() {
      dispose([
        stemKernel,
        stemBias,
        ...[...blocks, ...speakerBlocks].flatMap(({ depthwise, pointwise, bias }) => [
          depthwise,
          pointwise,
          bias,
        ]),
      ]);
    },
  };
}
