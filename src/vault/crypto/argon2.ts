// Only reached through a dynamic import, so that the WebAssembly stays out of the start-up chunk of
// everybody who uses no passphrase.
import { argon2id } from 'hash-wasm';
import type { Bytes } from './associated-data';

/** Argon2id (RFC 9106) to 256 bits. @throws when the memory cannot be had */
export async function argon2id256(
  passphrase: Bytes,
  salt: Bytes,
  cost: { readonly memoryKiB: number; readonly iterations: number; readonly parallelism: number },
): Promise<Bytes> {
  const hash = await argon2id({
    password: passphrase,
    salt,
    memorySize: cost.memoryKiB,
    iterations: cost.iterations,
    parallelism: cost.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
  return new Uint8Array(hash);
}
