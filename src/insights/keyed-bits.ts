/** HMAC-SHA-256 under a key that only this device has (K_dp): 32 bytes. */
export type Sign = (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** What the bits are for: no two uses share a message. */
type Use = 'answer' | 'assignment' | 'idempotency-key';

/**
 * Bits that are random to everybody else and the same each time here. JSON of a flat list is injective for
 * strings and integers.
 */
export function keyedBits(sign: Sign, use: Use, ...parts: readonly (string | number)[]): Promise<Uint8Array> {
  return sign(new TextEncoder().encode(JSON.stringify(['claude-echo', 'insights', 1, use, ...parts])));
}

/** The first eight bytes, big-endian: an unsigned 64-bit integer. */
export const toDraw = (bits: Uint8Array): bigint =>
  new DataView(bits.buffer, bits.byteOffset).getBigUint64(0);
