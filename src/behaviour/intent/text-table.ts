import * as v from 'valibot';
import { err, ok, type Result } from '../../core/result';
import type { TextDirections } from './text-directions';
import { GRAM_ROWS, PAIR_ROWS, TABLE_ROWS, tableRowsOf, WORD_ROWS } from './text-features';

/** What `models/text/training` writes beside the table. */
const ManifestSchema = v.object({
  format: v.literal(1),
  id: v.string(),
  version: v.string(),
  licence: v.string(),
  sources: v.array(v.string()),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.hexadecimal(), v.length(64)),
  rows: v.strictObject({
    word: v.literal(WORD_ROWS),
    gram: v.literal(GRAM_ROWS),
    pair: v.literal(PAIR_ROWS),
  }),
  dimensions: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(1_024), v.multipleOf(2)),
});

export type TextTableError =
  /** The file did not come: ask for it again later. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** Not the bytes that were shipped. */
  | { readonly kind: 'damaged'; readonly detail: string }
  /** Made for another version of Echo. */
  | { readonly kind: 'unknown-format'; readonly detail: string };

/** Steps of a row's numbers: four bits, -7 to 7. */
const STEPS = 7;

/**
 * Directions in which words and pieces of words point, trained on public texts so that texts that mean the same point
 * the same way (`models/text/MODEL_CARD.md`). A text is the sum of its pieces.
 *
 * The file: one little-endian float32 a row, its largest number; then the rows, each number four bits (the low half of
 * a byte first), `value = scale × (nibble - 8) / 7`.
 */
export class TextTable implements TextDirections {
  readonly id: string;
  readonly dimensions: number;
  readonly #scales: Float32Array;
  readonly #nibbles: Uint8Array;

  private constructor(id: string, dimensions: number, scales: Float32Array, nibbles: Uint8Array) {
    this.id = id;
    this.dimensions = dimensions;
    this.#scales = scales;
    this.#nibbles = nibbles;
  }

  /** Takes over `bytes`. */
  static async open(
    bytes: Uint8Array<ArrayBuffer>,
    manifest: unknown,
  ): Promise<Result<TextTable, TextTableError>> {
    const parsed = v.safeParse(ManifestSchema, manifest);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      return err({
        kind: 'unknown-format',
        detail: `${v.getDotPath(issue) ?? 'manifest'}: ${issue.message}`,
      });
    }
    const { id, version, dimensions, sha256, bytes: size } = parsed.output;
    const length = TABLE_ROWS * (4 + dimensions / 2);
    if (bytes.length !== size || size !== length)
      return err({ kind: 'damaged', detail: `${bytes.length} bytes instead of ${length}` });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hex !== sha256) return err({ kind: 'damaged', detail: 'the checksum is another one' });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const scales = Float32Array.from({ length: TABLE_ROWS }, (_, row) => view.getFloat32(4 * row, true));
    return ok(new TextTable(`${id}@${version}`, dimensions, scales, bytes.subarray(4 * TABLE_ROWS)));
  }

  /** A direction of length 1 and `dimensions` numbers; all zero for a text without a word. */
  embed(text: string): Float32Array {
    const sum = new Float32Array(this.dimensions);
    const half = this.dimensions / 2;
    for (const row of tableRowsOf(text)) {
      const scale = (this.#scales[row] ?? 0) / STEPS;
      for (let at = 0; at < half; at += 1) {
        const byte = this.#nibbles[row * half + at] ?? 0x88;
        sum[2 * at] = (sum[2 * at] ?? 0) + scale * ((byte & 15) - 8);
        sum[2 * at + 1] = (sum[2 * at + 1] ?? 0) + scale * ((byte >> 4) - 8);
      }
    }
    const norm = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
    return norm === 0 ? sum : sum.map((value) => value / norm);
  }
}
