import { assert } from '../core/assert';
import { type Random, sampledNormal } from '../core/random';
import { headEmbedding, pooledFrames } from './encoder-heads';
import type { EncoderHead, EncoderWeights, Frames } from './encoder-weights';

/**
 * What a person's own recordings add to the shipped encoder: a narrow block behind its last one, and a head of their own
 * (residual adapters; Tomanek et al., 2109.06952, for atypical and accented speech). Frames `x`, never negative, become
 * `relu(x + depthwise(relu(x · down + downBias)) · up)`. While `up` is zero the encoder is as it was shipped.
 */
export interface EncoderAdapter {
  /** Width of the encoder's frames, and of the block in between. */
  readonly channels: number;
  readonly width: number;
  /** `[channels, width]`, in × out. */
  readonly down: Float32Array;
  readonly downBias: Float32Array;
  /** `[taps, width]`, an odd number of taps. */
  readonly depthwise: Float32Array;
  /** `[width, channels]`, in × out. */
  readonly up: Float32Array;
  readonly head: EncoderHead;
}

/** Of the shipped encoder, what an adapter begins with. */
export type AdaptableEncoder = Pick<EncoderWeights, 'channels' | 'poolingFloor' | 'phrase'>;

export const ADAPTER_WIDTH = 32;
export const ADAPTER_TAPS = 9;

/** One that changes nothing yet. */
export function untrainedAdapter({ channels, phrase }: AdaptableEncoder, random: Random): EncoderAdapter {
  const drawn = (count: number, deviation: number): Float32Array =>
    Float32Array.from({ length: count }, () => deviation * sampledNormal(random));
  return {
    channels,
    width: ADAPTER_WIDTH,
    down: drawn(channels * ADAPTER_WIDTH, 1 / Math.sqrt(channels)),
    downBias: new Float32Array(ADAPTER_WIDTH),
    depthwise: drawn(ADAPTER_TAPS * ADAPTER_WIDTH, 1 / Math.sqrt(ADAPTER_TAPS)),
    up: new Float32Array(ADAPTER_WIDTH * channels),
    head: phrase,
  };
}

/** Whether everything fits together and is finite. */
export function isSoundAdapter({ channels, width, ...parts }: EncoderAdapter): boolean {
  const { down, downBias, depthwise, up, head } = parts;
  const taps = depthwise.length / width;
  return (
    down.length === channels * width &&
    downBias.length === width &&
    taps % 2 === 1 &&
    up.length === width * channels &&
    head.kernel.length === 2 * channels * head.bias.length &&
    [down, downBias, depthwise, up, head.kernel, head.bias].every((part) => part.every(Number.isFinite))
  );
}

/**
 * The embedding of an utterance as this person's encoder makes it, of length 1; in plain JavaScript, so that it is there
 * at once wherever an utterance was encoded. About a millisecond a second of sound.
 *
 * @param frames what the shipped encoder made, `[frames, channels]`, at least one
 */
export function adaptedEmbedding(
  adapter: EncoderAdapter,
  frames: Frames,
  poolingFloor: number,
): Float32Array {
  const { channels, width, down, downBias, depthwise, up, head } = adapter;
  assert(
    frames.dimensions === channels && frames.frameCount > 0,
    'frames fit the adapter',
    frames.frameCount,
  );
  const narrow = product(frames.data, frames.frameCount, down, channels, width);
  narrow.forEach((value, index) => {
    narrow[index] = Math.max(0, value + (downBias[index % width] ?? 0));
  });
  const mixed = mixedOverTime(narrow, frames.frameCount, depthwise, width);
  const adapted = product(mixed, frames.frameCount, up, width, channels);
  adapted.forEach((value, index) => {
    adapted[index] = Math.max(0, value + (frames.data[index] ?? 0));
  });
  return headEmbedding(head, pooledFrames(adapted, channels, poolingFloor));
}

/** `[rows, inner] · [inner, columns]` */
function product(
  left: Float32Array,
  rows: number,
  right: Float32Array,
  inner: number,
  columns: number,
): Float32Array {
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const to = row * columns;
    for (let index = 0; index < inner; index += 1) {
      const value = left[row * inner + index] as number;
      if (value === 0) continue;
      const from = index * columns;
      for (let column = 0; column < columns; column += 1) {
        result[to + column] = (result[to + column] as number) + value * (right[from + column] as number);
      }
    }
  }
  return result;
}

/** Every channel with its own kernel, zeros before the first and after the last frame. */
function mixedOverTime(
  frames: Float32Array,
  frameCount: number,
  kernel: Float32Array,
  width: number,
): Float32Array {
  const result = new Float32Array(frames.length);
  const taps = kernel.length / width;
  const middle = (taps - 1) / 2;
  for (let frame = 0; frame < frameCount; frame += 1) {
    const first = Math.max(0, middle - frame);
    const last = Math.min(taps - 1, frameCount - 1 - frame + middle);
    for (let tap = first; tap <= last; tap += 1) {
      const from = (frame + tap - middle) * width;
      for (let channel = 0; channel < width; channel += 1) {
        const at = frame * width + channel;
        result[at] =
          (result[at] as number) +
          (frames[from + channel] as number) * (kernel[tap * width + channel] as number);
      }
    }
  }
  return result;
}
