import * as v from 'valibot';
import { isSoundNet } from '../../compute/softmax-net';
import { isId, type PhraseId, type TakeId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import type { EpochMs } from '../../core/units';
import type { StoredModel } from '../../learning/records';
import type { Exemplar } from '../recognition/scorer';
import { HEAD_FEATURE_COUNT } from './head-features';
import { type HeadTake, isUsableForHead, PhraseHead } from './phrase-head';

/** Key of the head in the vault's table of models. */
export const HEAD_MODEL_ID = 'phrase-head';
/** Changes whenever features or layout do: an old head is then trained anew rather than misread. */
const FORMAT = 1;

export type HeadLoadError =
  /** Not a head, damaged, or written by another version of Echo. Train anew. */
  | { readonly kind: 'corrupt' }
  /** The takes are not the ones it was trained on. Train anew. */
  | { readonly kind: 'takes-changed' };

const DescriptionSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    features: v.literal(HEAD_FEATURE_COUNT),
    checksum: v.pipe(v.number(), v.integer()),
    phrases: v.array(v.custom<PhraseId>(isId)),
    takes: v.array(
      v.object({ id: v.custom<TakeId>(isId), phrase: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    ),
  }),
);

/** FNV-1a, 32 bit: notices damage, proves nothing; the vault's encryption guards against intent. */
function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

function toBytes(parts: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * parts.reduce((total, part) => total + part.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const part of parts) {
    for (const value of part) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return bytes;
}

/** Hands out consecutive stretches of 32-bit floats, little endian. */
function floatReader(bytes: Uint8Array): (count: number) => Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  return (count) =>
    Float32Array.from({ length: count }, () => {
      const value = view.getFloat32(offset, true);
      offset += 4;
      return value;
    });
}

/**
 * The head as a row for the vault. Weights in order, little-endian 32-bit floats: feature means,
 * deviations, kernel, bias, then the held-out distances of every take.
 */
export function saveHead(head: PhraseHead, trainedAt: EpochMs): StoredModel {
  const { net, standardisation } = head.net;
  const weights = toBytes([
    standardisation.mean,
    standardisation.deviation,
    ...net.layers.flatMap(({ kernel, bias }) => [kernel, bias]),
    ...head.takes.map(({ heldOut }) => heldOut),
  ]);
  const description: v.InferOutput<typeof DescriptionSchema> = {
    features: HEAD_FEATURE_COUNT,
    checksum: checksumOf(weights),
    phrases: [...head.phraseIds],
    takes: head.takes.map(({ takeId, phraseId }) => ({
      id: takeId,
      phrase: head.phraseIds.indexOf(phraseId),
    })),
  };
  return { id: HEAD_MODEL_ID, format: FORMAT, trainedAt, description: JSON.stringify(description), weights };
}

/**
 * Reads a head back.
 *
 * @param exemplars the takes as they are now; a head trained on any others is refused, because forgetting
 *   a take must remove its influence
 */
export function loadHead(
  model: StoredModel,
  exemplars: readonly Exemplar[],
): Result<PhraseHead, HeadLoadError> {
  const parsed = v.safeParse(DescriptionSchema, model.description);
  if (model.id !== HEAD_MODEL_ID || model.format !== FORMAT || !parsed.success)
    return err({ kind: 'corrupt' });
  const { phrases, takes, checksum } = parsed.output;
  const floatCount = HEAD_FEATURE_COUNT * (2 + phrases.length) + phrases.length * (1 + takes.length);
  if (model.weights.length !== 4 * floatCount) return err({ kind: 'corrupt' });
  if (checksumOf(model.weights) !== checksum) return err({ kind: 'corrupt' });

  const phraseOf = new Map(takes.map(({ id, phrase }) => [id, phrases[phrase]]));
  const usable = exemplars.filter(isUsableForHead);
  const isSame =
    usable.length === phraseOf.size &&
    usable.every(({ takeId, phraseId }) => phraseOf.get(takeId) === phraseId);
  if (!isSame) return err({ kind: 'takes-changed' });

  const read = floatReader(model.weights);
  const standardisation = { mean: read(HEAD_FEATURE_COUNT), deviation: read(HEAD_FEATURE_COUNT) };
  const shape = { inputs: HEAD_FEATURE_COUNT, hidden: 0, classes: phrases.length };
  const kernel = read(shape.inputs * shape.classes);
  const layer = { inputs: shape.inputs, outputs: shape.classes, kernel, bias: read(shape.classes) };
  const net = { shape, layers: [layer] };
  if (!isSoundNet(net)) return err({ kind: 'corrupt' });
  const headTakes = takes.flatMap(({ id, phrase }): HeadTake[] => {
    const phraseId = phrases[phrase];
    return phraseId === undefined ? [] : [{ takeId: id, phraseId, heldOut: read(phrases.length) }];
  });
  return ok(new PhraseHead(phrases, headTakes, { net, standardisation }));
}
