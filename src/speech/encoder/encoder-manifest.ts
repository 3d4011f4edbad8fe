import * as v from 'valibot';
import { err, ok, type Result } from '../../core/result';
import { MEL_BANDS } from '../../features/feature-extractor';

/** Why there is no encoder, grouped by what helps. */
export type EncoderError =
  /** The file did not come: ask for it again later. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** Not the bytes that were shipped: download them afresh. */
  | { readonly kind: 'damaged'; readonly detail: string }
  /** Made for another version of Echo: only an update helps. */
  | { readonly kind: 'unknown-format'; readonly detail: string };

const CountSchema = v.pipe(v.number(), v.integer(), v.minValue(1));
const PositiveSchema = v.pipe(v.number(), v.finite(), v.gtValue(0));

const TensorSchema = v.object({
  name: v.string(),
  shape: v.pipe(v.array(CountSchema), v.minLength(1)),
  /** In bytes from the start of the file. */
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const ManifestSchema = v.object({
  format: v.literal(2),
  id: v.string(),
  version: v.string(),
  licence: v.string(),
  sources: v.array(v.string()),
  bytes: CountSchema,
  sha256: v.pipe(v.string(), v.hexadecimal(), v.length(64)),
  encoding: v.literal('float16-le'),
  input: v.object({
    bands: v.literal(MEL_BANDS),
    hopMs: v.literal(10),
    range: PositiveSchema,
    scale: PositiveSchema,
  }),
  stemStride: v.literal(2),
  blocks: CountSchema,
  sharedBlocks: CountSchema,
  speakerBlocks: CountSchema,
  poolingFloor: PositiveSchema,
  tensors: v.array(TensorSchema),
});

/** What `models/training` writes beside the weights. */
export type EncoderManifest = v.InferOutput<typeof ManifestSchema>;

export function parseEncoderManifest(value: unknown): Result<EncoderManifest, EncoderError> {
  const parsed = v.safeParse(ManifestSchema, value);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return err({ kind: 'unknown-format', detail: `${v.getDotPath(issue) ?? 'manifest'}: ${issue.message}` });
}
