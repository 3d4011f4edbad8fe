import { assert } from '../core/assert';

/** Samples in [-1, 1] to signed 16 bit little endian, as the vault keeps sound. */
export function toPcm16(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, index) => {
    const clamped = Math.max(-1, Math.min(1, sample));
    view.setInt16(index * 2, Math.round(clamped * 32_767), true);
  });
  return bytes;
}

export function fromPcm16(bytes: Uint8Array): Float32Array {
  assert(bytes.length % 2 === 0, '16-bit sound has an even number of bytes', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from(
    { length: bytes.length / 2 },
    (_, index) => view.getInt16(index * 2, true) / 32_767,
  );
}
