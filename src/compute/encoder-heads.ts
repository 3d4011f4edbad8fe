import type { EncoderHead, EncoderWeights, Encoding, TrunkFrames } from './encoder-weights';

/** Mean, then deviation of every channel over time. */
export function pooledFrames(frames: Float32Array, channels: number, floor: number): Float64Array {
  const count = frames.length / channels;
  const pool = new Float64Array(2 * channels);
  for (let channel = 0; channel < channels; channel += 1) {
    let sum = 0;
    for (let index = channel; index < frames.length; index += channels) sum += frames[index] ?? 0;
    const mean = sum / count;
    let squares = 0;
    for (let index = channel; index < frames.length; index += channels) {
      squares += ((frames[index] ?? 0) - mean) ** 2;
    }
    pool[channel] = mean;
    pool[channels + channel] = Math.sqrt(squares / count + floor);
  }
  return pool;
}

/** Projects to an embedding of length 1. */
export function headEmbedding(head: EncoderHead, pool: Float64Array): Float32Array {
  const output = Float64Array.from(head.bias);
  pool.forEach((value, row) => {
    const offset = row * output.length;
    for (let column = 0; column < output.length; column += 1) {
      output[column] = (output[column] ?? 0) + value * (head.kernel[offset + column] ?? 0);
    }
  });
  const length = Math.hypot(...output);
  return Float32Array.from(output, (value) => value / length);
}

/**
 * Pools and projects in plain JavaScript: 30,000 multiplications, faster than handing twenty small kernels to
 * any backend, in double precision everywhere, and nothing of it can be lost with a graphics device.
 */
export function applyHeads(weights: EncoderWeights, trunk: TrunkFrames): Encoding {
  const { channels, poolingFloor } = weights;
  return {
    phrase: headEmbedding(weights.phrase, pooledFrames(trunk.phrase, channels, poolingFloor)),
    speaker: headEmbedding(weights.speaker, pooledFrames(trunk.speaker, channels, poolingFloor)),
    frames: { frameCount: trunk.phrase.length / channels, dimensions: channels, data: trunk.phrase },
  };
}

const UNIT_TOLERANCE = 1e-3;

function isUnit(vector: Float32Array): boolean {
  return Math.abs(Math.hypot(...vector) - 1) < UNIT_TOLERANCE;
}

/**
 * Whether frames and embeddings can be what the net made of sound. A lost WebGL device answers zeros without
 * an error, and biases would still turn those into embeddings of length 1: hence the look at the frames.
 */
export function isSoundEncoding(trunk: TrunkFrames, { phrase, speaker }: Encoding): boolean {
  const isAlive = (frames: Float32Array): boolean =>
    frames.every(Number.isFinite) && frames.some((value) => value !== 0);
  return isAlive(trunk.phrase) && isAlive(trunk.speaker) && isUnit(phrase) && isUnit(speaker);
}
