import type { AdaptableEncoder } from '../../compute/encoder-adapter';
import type { EncoderWeights, Frames } from '../../compute/encoder-weights';
import { err, ok, type Result } from '../../core/result';
import { type EncoderError, type EncoderManifest, parseEncoderManifest } from './encoder-manifest';
import { decodeFloat16 } from './float16';

export const PHRASE_DIMENSIONS = 96;
export const SPEAKER_DIMENSIONS = 64;

/** The shipped encoder, as plain numbers. */
export interface EncoderModel {
  readonly id: string;
  /** Changes with every training: embeddings of different versions cannot be compared. */
  readonly version: string;
  readonly licence: string;
  readonly sources: readonly string[];
  readonly weights: EncoderWeights;
  /** Speaker embeddings of many people, a row each: what a score is normalised against. */
  readonly cohort: Frames;
  /** Phrase embeddings of unrelated speech, a row each. */
  readonly background: Frames;
}

/** As far as what a person's recordings add to it depends on it. */
export type TunableEncoder = AdaptableEncoder & Pick<EncoderModel, 'version'>;

type Shape = readonly (number | 'any')[];

/** Thrown inside this file only: the first tensor that does not fit ends the reading. */
class MisfitError extends Error {
  override readonly name = 'MisfitError';
}

/** Hands out tensors by name, each checked against the shape that the net needs. */
class TensorReader {
  readonly #manifest: EncoderManifest;
  readonly #bytes: Uint8Array;

  constructor(manifest: EncoderManifest, bytes: Uint8Array) {
    this.#manifest = manifest;
    this.#bytes = bytes;
  }

  matrix(name: string, shape: Shape): Frames {
    const entries = this.#manifest.tensors.filter((tensor) => tensor.name === name);
    const [entry] = entries;
    if (entry === undefined || entries.length > 1) throw new MisfitError(`${name}: not there once`);
    const isRight =
      entry.shape.length === shape.length &&
      shape.every((size, axis) => size === 'any' || size === entry.shape[axis]);
    if (!isRight) throw new MisfitError(`${name}: ${entry.shape.join(' × ')} is not ${shape.join(' × ')}`);
    const count = entry.shape.reduce((product, size) => product * size, 1);
    if (entry.offset + 2 * count > this.#bytes.length) throw new MisfitError(`${name}: beyond the end`);
    const data = decodeFloat16(this.#bytes, entry.offset, count);
    if (!data.every(Number.isFinite)) throw new MisfitError(`${name}: not finite`);
    const dimensions = entry.shape.at(-1) ?? 1;
    return { frameCount: count / dimensions, dimensions, data };
  }

  tensor(name: string, shape: Shape): Float32Array {
    return this.matrix(name, shape).data;
  }
}

function readModel(manifest: EncoderManifest, bytes: Uint8Array): EncoderModel {
  const reader = new TensorReader(manifest, bytes);
  const { input, stemStride, blocks, sharedBlocks, speakerBlocks, poolingFloor } = manifest;
  const stemBias = reader.tensor('stem/bias', ['any']);
  const channels = stemBias.length;
  if (sharedBlocks > blocks) throw new MisfitError('sharedBlocks: more than there are blocks');

  /** `[taps, …sizes]` */
  const convolution = (name: string, ...sizes: readonly number[]): Float32Array => {
    const kernel = reader.tensor(name, ['any', ...sizes]);
    const taps = kernel.length / sizes.reduce((product, size) => product * size, 1);
    if (taps % 2 === 0) throw new MisfitError(`${name}: an even number of taps has no middle`);
    return kernel;
  };
  const blocksOf = (name: string, count: number): EncoderWeights['blocks'] =>
    Array.from({ length: count }, (_, index) => ({
      depthwise: convolution(`${name}${index}/depthwise`, channels),
      pointwise: reader.tensor(`${name}${index}/pointwise`, [channels, channels]),
      bias: reader.tensor(`${name}${index}/bias`, [channels]),
    }));
  const head = (name: string, dimensions: number): EncoderWeights['phrase'] => ({
    kernel: reader.tensor(`${name}/kernel`, [2 * channels, dimensions]),
    bias: reader.tensor(`${name}/bias`, [dimensions]),
  });
  const weights: EncoderWeights = {
    input: { bands: input.bands, range: input.range, scale: input.scale },
    stem: {
      kernel: convolution('stem/kernel', input.bands, channels),
      bias: stemBias,
      stride: stemStride,
    },
    channels,
    blocks: blocksOf('block', blocks),
    sharedBlocks,
    speakerBlocks: blocksOf('speaker', speakerBlocks),
    poolingFloor,
    phrase: head('phrase', PHRASE_DIMENSIONS),
    speaker: head('speaker', SPEAKER_DIMENSIONS),
  };
  return {
    id: manifest.id,
    version: manifest.version,
    licence: manifest.licence,
    sources: manifest.sources,
    weights,
    cohort: reader.matrix('reference/cohort', ['any', SPEAKER_DIMENSIONS]),
    background: reader.matrix('reference/background', ['any', PHRASE_DIMENSIONS]),
  };
}

function hexadecimal(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Reads the encoder as it was shipped. Every byte of the weights is checked before any is used.
 *
 * @param manifest as read from `manifest.json`
 * @param bytes the file beside it; read, not kept
 */
export async function readEncoderModel(
  manifest: unknown,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<EncoderModel, EncoderError>> {
  const parsed = parseEncoderManifest(manifest);
  if (!parsed.ok) return parsed;
  const expected = parsed.value;
  if (bytes.length !== expected.bytes) {
    return err({ kind: 'damaged', detail: `${bytes.length} bytes instead of ${expected.bytes}` });
  }
  const sha256 = hexadecimal(await crypto.subtle.digest('SHA-256', bytes));
  if (sha256 !== expected.sha256.toLowerCase()) {
    return err({ kind: 'damaged', detail: `SHA-256 ${sha256} instead of ${expected.sha256}` });
  }
  try {
    return ok(readModel(expected, bytes));
  } catch (reason) {
    if (!(reason instanceof MisfitError)) throw reason;
    return err({ kind: 'unknown-format', detail: reason.message });
  }
}
