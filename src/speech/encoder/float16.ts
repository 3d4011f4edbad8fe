const SIGN = 0x8000;
const FRACTION_BITS = 10;
const FRACTION_STEPS = 2 ** FRACTION_BITS;
const LARGEST_EXPONENT = 0x1f;
const BIAS = 15;

function fromBits(bits: number): number {
  const sign = bits & SIGN ? -1 : 1;
  const exponent = (bits & ~SIGN) >> FRACTION_BITS;
  const fraction = (bits & (FRACTION_STEPS - 1)) / FRACTION_STEPS;
  if (exponent === LARGEST_EXPONENT) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** (1 - BIAS) : sign * (1 + fraction) * 2 ** (exponent - BIAS);
}

/** Every half-precision number there is, by its bits. */
let table: Float32Array | undefined;

/**
 * Decodes IEEE 754 half-precision numbers, little endian; `DataView.getFloat16` is not in every browser yet.
 *
 * @param byteOffset from the start of `bytes`; no alignment is asked for
 */
export function decodeFloat16(bytes: Uint8Array, byteOffset: number, count: number): Float32Array {
  table ??= Float32Array.from({ length: 2 * SIGN }, (_, bits) => fromBits(bits));
  const known = table;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from(
    { length: count },
    (_, index) => known[view.getUint16(byteOffset + 2 * index, true)] ?? Number.NaN,
  );
}
