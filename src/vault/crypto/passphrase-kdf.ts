import * as v from 'valibot';
import { type Bytes, hex, utf8 } from './associated-data';
import { BytesSchema } from './wrapped-key';

export const MINIMUM_PASSPHRASE_LENGTH = 8;

const SALT_BYTES = 16;
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const salt = v.pipe(
  BytesSchema,
  v.check((bytes) => bytes.length === SALT_BYTES, 'a salt has 16 bytes'),
);

/**
 * How a passphrase is stretched. The lower bounds are the floor (OWASP's least for either algorithm): cheaper
 * parameters, however they came into the store, are refused. The upper bounds keep a forged backup from
 * stopping the device.
 */
export const KdfParametersSchema = v.variant('algorithm', [
  v.object({
    algorithm: v.literal('argon2id'),
    memoryKiB: whole(19 * 1024, 1024 * 1024),
    iterations: whole(2, 64),
    parallelism: v.literal(1),
    salt,
  }),
  v.object({
    algorithm: v.literal('pbkdf2-sha-256'),
    iterations: whole(1_300_000, 50_000_000),
    salt,
  }),
]);

export type KdfParameters = v.InferOutput<typeof KdfParametersSchema>;

/** One line that is equal only for equal parameters, to bind them into what they protect. */
export const canonicalKdf = (kdf: KdfParameters): string =>
  JSON.stringify([
    kdf.algorithm,
    kdf.algorithm === 'argon2id' ? kdf.memoryKiB : 0,
    kdf.iterations,
    kdf.algorithm === 'argon2id' ? kdf.parallelism : 0,
    hex(kdf.salt),
  ]);

/** One spelling for what looks the same on every keyboard, and its length in characters. */
export function normalisePassphrase(passphrase: string): {
  readonly bytes: Bytes;
  readonly isLongEnough: boolean;
} {
  const text = passphrase.normalize('NFKC');
  return { bytes: utf8(text), isLongEnough: [...text].length >= MINIMUM_PASSPHRASE_LENGTH };
}

/**
 * Stretches a passphrase to 256 uniform bits, the same for the same parameters.
 *
 * @param passphrase normalised, at least one byte
 * @throws when the memory for Argon2id cannot be had
 */
export async function stretchPassphrase(passphrase: Bytes, kdf: KdfParameters): Promise<Bytes> {
  if (kdf.algorithm === 'argon2id') {
    const { argon2id256 } = await import('./argon2');
    return argon2id256(passphrase, kdf.salt, kdf);
  }
  const key = await crypto.subtle.importKey('raw', passphrase, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: kdf.salt, iterations: kdf.iterations },
    key,
    256,
  );
  return new Uint8Array(bits);
}
