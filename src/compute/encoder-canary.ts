import { assert } from '../core/assert';
import { type StemInput, stemInput } from './encoder-input';
import { type EncoderBlock, type EncoderWeights, stemTaps, type TrunkFrames } from './encoder-weights';

/** Long enough for the widest kernel to reach past both ends and past the middle. */
const FRAMES = 24;
/** Share of the answer's energy that may be wrong: half-precision graphics stay far below it. */
const TOLERANCE = 1e-2;

/** `x · kernel + bias` in double precision; `x` is `[rows, inputs]`. */
function product(
  x: ArrayLike<number>,
  inputs: number,
  kernel: Float32Array,
  bias: Float32Array,
): Float64Array {
  const outputs = bias.length;
  const rowCount = x.length / inputs;
  const result = new Float64Array(rowCount * outputs);
  for (let row = 0; row < rowCount; row += 1) {
    const to = row * outputs;
    result.set(bias, to);
    for (let input = 0; input < inputs; input += 1) {
      const value = x[row * inputs + input] ?? 0;
      if (value === 0) continue;
      for (let output = 0; output < outputs; output += 1) {
        result[to + output] = (result[to + output] ?? 0) + value * (kernel[input * outputs + output] ?? 0);
      }
    }
  }
  return result;
}

function depthwise(x: Float64Array, channels: number, kernel: Float32Array): Float64Array {
  const reach = Math.floor(kernel.length / channels / 2) * channels;
  return x.map((_, index) => {
    let sum = 0;
    for (let tap = index % channels; tap < kernel.length; tap += channels) {
      // Out of the clip on either side: zeros.
      sum += (x[index - (index % channels) - reach + tap] ?? 0) * (kernel[tap] ?? 0);
    }
    return sum;
  });
}

const relu = (x: Float64Array): Float64Array => x.map((value) => Math.max(0, value));

/** The forward pass in plain JavaScript: slow, and right everywhere. */
export function plainTrunk(weights: EncoderWeights, input: StemInput): TrunkFrames {
  const { channels, stem, sharedBlocks } = weights;
  let x = relu(product(input.rows, stemTaps(weights) * weights.input.bands, stem.kernel, stem.bias));
  let speaker = x;
  const blockOutput = (frames: Float64Array, block: EncoderBlock): Float64Array => {
    const mixed = product(
      depthwise(frames, channels, block.depthwise),
      channels,
      block.pointwise,
      block.bias,
    );
    return relu(frames.map((value, position) => value + (mixed[position] ?? 0)));
  };
  for (const [index, block] of weights.blocks.entries()) {
    x = blockOutput(x, block);
    if (index + 1 === sharedBlocks) speaker = x;
  }
  for (const block of weights.speakerBlocks) speaker = blockOutput(speaker, block);
  return { phrase: Float32Array.from(x), speaker: Float32Array.from(speaker) };
}

/** A clip whose answer is known: what a backend is asked before its encodings are trusted. */
export interface EncoderCanary {
  readonly input: StemInput;
  lives(answer: TrunkFrames): boolean;
}

export function createEncoderCanary(weights: EncoderWeights): EncoderCanary {
  const { bands } = weights.input;
  const data = Float32Array.from(
    { length: FRAMES * bands },
    (_, index) => 3 * Math.sin(0.7 * Math.floor(index / bands)) + 2 * Math.cos(0.9 * index) - 8,
  );
  const input = stemInput(weights, { frameCount: FRAMES, dimensions: bands, data });
  assert(input !== undefined, 'the clip has frames');
  const known = plainTrunk(weights, input);
  const isNear = (answer: Float32Array, right: Float32Array): boolean => {
    let error = 0;
    let energy = 0;
    right.forEach((value, index) => {
      error += ((answer[index] ?? 0) - value) ** 2;
      energy += value ** 2;
    });
    return error <= TOLERANCE ** 2 * energy;
  };
  return {
    input,
    lives: ({ phrase, speaker }) => isNear(phrase, known.phrase) && isNear(speaker, known.speaker),
  };
}
