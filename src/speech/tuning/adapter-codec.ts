import * as v from 'valibot';
import { ADAPTER_PARTS, partsOf } from '../../compute/adapter-parts';
import { isSoundAdapter, untrainedAdapter } from '../../compute/encoder-adapter';
import { isId, type PhraseId, type TakeId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import type { EpochMs } from '../../core/units';
import type { StoredModel } from '../../learning/records';
import type { TunableEncoder } from '../encoder/encoder-model';
import type { Exemplar } from '../recognition/scorer';
import { TunedEncoder } from './tuned-encoder';

/** Key of the adapter in the vault's table of models. */
export const ADAPTER_MODEL_ID = 'encoder-adapter';
/** A classifier that earlier versions trained and kept. */
const FORMER_MODEL_ID = 'phrase-head';
/** Everything in the vault that was learnt from all recordings together. */
export const TRAINED_MODEL_IDS = [ADAPTER_MODEL_ID, FORMER_MODEL_ID];
/** Changes whenever the layout does: an old adapter is then trained anew rather than misread. */
const FORMAT = 1;

export type AdapterLoadError =
  /** Not an adapter, damaged, or written by another version of Echo. Train anew. */
  | { readonly kind: 'corrupt' }
  /** The takes, or the encoder, are not the ones it was trained with. Train anew. */
  | { readonly kind: 'outdated' };

const DescriptionSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    encoder: v.string(),
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
 * The adapter as a row for the vault. In order, little-endian 32-bit floats: its parts, then the held-out distances of
 * every take to every phrase, NaN where there is none.
 */
export function saveAdapter(
  { adapter, heldOut }: Pick<TunedEncoder, 'adapter' | 'heldOut'>,
  exemplars: readonly Exemplar[],
  { version }: Pick<TunableEncoder, 'version'>,
  trainedAt: EpochMs,
): StoredModel {
  const parts = partsOf(adapter);
  const phrases = [...new Set(exemplars.map(({ phraseId }) => phraseId))].sort();
  const weights = toBytes([
    ...ADAPTER_PARTS.map((part) => parts[part]),
    ...exemplars.map(({ takeId }) =>
      Float32Array.from(phrases, (phraseId) => heldOut.get(takeId)?.get(phraseId) ?? Number.NaN),
    ),
  ]);
  const description: v.InferOutput<typeof DescriptionSchema> = {
    encoder: version,
    checksum: checksumOf(weights),
    phrases,
    takes: exemplars.map(({ takeId, phraseId }) => ({ id: takeId, phrase: phrases.indexOf(phraseId) })),
  };
  return {
    id: ADAPTER_MODEL_ID,
    format: FORMAT,
    trainedAt,
    description: JSON.stringify(description),
    weights,
  };
}

/**
 * Reads an adapter back.
 *
 * @param exemplars the takes as they are now; an adapter trained on any others is refused, because forgetting a take must
 *   remove its influence
 */
export function loadAdapter(
  model: StoredModel,
  exemplars: readonly Exemplar[],
  encoder: TunableEncoder,
): Result<TunedEncoder, AdapterLoadError> {
  const parsed = v.safeParse(DescriptionSchema, model.description);
  if (model.id !== ADAPTER_MODEL_ID || model.format !== FORMAT || !parsed.success) {
    return err({ kind: 'corrupt' });
  }
  const { phrases, takes, checksum, encoder: version } = parsed.output;
  if (checksumOf(model.weights) !== checksum) return err({ kind: 'corrupt' });
  const phraseOf = new Map(takes.map(({ id, phrase }) => [id, phrases[phrase]]));
  const isSame =
    version === encoder.version &&
    exemplars.length === phraseOf.size &&
    exemplars.every(({ takeId, phraseId }) => phraseOf.get(takeId) === phraseId);
  if (!isSame) return err({ kind: 'outdated' });

  const pattern = untrainedAdapter(encoder, () => 0);
  const expected = partsOf(pattern);
  const partCount = ADAPTER_PARTS.reduce((total, part) => total + expected[part].length, 0);
  if (model.weights.length !== 4 * (partCount + takes.length * phrases.length))
    return err({ kind: 'corrupt' });
  const read = floatReader(model.weights);
  const [down, downBias, depthwise, up, kernel, bias] = ADAPTER_PARTS.map((part) =>
    read(expected[part].length),
  );
  if (!down || !downBias || !depthwise || !up || !kernel || !bias) return err({ kind: 'corrupt' });
  const adapter = { ...pattern, down, downBias, depthwise, up, head: { kernel, bias } };
  if (!isSoundAdapter(adapter)) return err({ kind: 'corrupt' });
  const heldOut = new Map(
    takes.map(({ id }) => {
      const distances = read(phrases.length);
      return [
        id,
        new Map(
          phrases.flatMap((phraseId, index): [PhraseId, number][] => {
            const distance = distances[index] ?? Number.NaN;
            return Number.isNaN(distance) ? [] : [[phraseId, distance]];
          }),
        ),
      ];
    }),
  );
  return ok(new TunedEncoder(adapter, exemplars, heldOut, encoder.poolingFloor));
}
