import * as v from 'valibot';
import { associatedData, type Bytes, randomBytes } from './associated-data';
import { deriveAesKey, keyLabels } from './key-labels';

export const IV_BYTES = 12;

/** Plain bytes that WebCrypto takes; what a stored row or a file must hold to count as such. */
export const BytesSchema = v.custom<Bytes>((value) => value instanceof Uint8Array);

export const WrappedKeySchema = v.object({ iv: BytesSchema, bytes: BytesSchema });

/** A key under AES-256-GCM by another key. */
export type WrappedKey = v.InferOutput<typeof WrappedKeySchema>;

/** What a wrapped key is bound to: opening it as anything else fails. */
export type KeyBinding = readonly [kind: 'slot' | 'data-key', vaultId: string, ...rest: (string | number)[]];

const gcm = (iv: Bytes, [kind, ...rest]: KeyBinding): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: associatedData(kind, rest),
});

async function wrap(key: CryptoKey, wrappingKey: CryptoKey, binding: KeyBinding): Promise<WrappedKey> {
  const iv = randomBytes(IV_BYTES);
  const bytes = await crypto.subtle.wrapKey('raw', key, wrappingKey, gcm(iv, binding));
  return { iv, bytes: new Uint8Array(bytes) };
}

/** A new random 256-bit key that nobody else refers to yet: extractable, to be wrapped and dropped. */
const generateExtractable = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);

/**
 * Makes a master key. Only its wrapped form leaves this function, so the raw bytes never exist outside
 * WebCrypto.
 */
export async function createMasterKey(kek: CryptoKey, binding: KeyBinding): Promise<WrappedKey> {
  return wrap(await generateExtractable(), kek, binding);
}

/**
 * Opens a master key as the key that wraps data keys.
 *
 * @throws OperationError when the key-encryption key or the binding is not the one it was wrapped with
 */
export async function openMasterKey(
  wrapped: WrappedKey,
  kek: CryptoKey,
  binding: KeyBinding,
): Promise<CryptoKey> {
  const master = await crypto.subtle.unwrapKey(
    'raw',
    wrapped.bytes,
    kek,
    gcm(wrapped.iv, binding),
    'HKDF',
    false,
    ['deriveKey'],
  );
  return deriveAesKey(master, keyLabels.wrap, ['wrapKey', 'unwrapKey']);
}

/**
 * Wraps the same master key again under another key-encryption key.
 *
 * @throws OperationError as `openMasterKey`
 */
export async function rewrapMasterKey(
  wrapped: WrappedKey,
  from: { readonly kek: CryptoKey; readonly binding: KeyBinding },
  to: { readonly kek: CryptoKey; readonly binding: KeyBinding },
): Promise<WrappedKey> {
  const master = await crypto.subtle.unwrapKey(
    'raw',
    wrapped.bytes,
    from.kek,
    gcm(wrapped.iv, from.binding),
    'AES-GCM',
    true,
    ['encrypt'],
  );
  return wrap(master, to.kek, to.binding);
}

/** Makes a data key: its wrapped form to store, and the same key non-extractable, to use. */
export async function createDataKey(
  wrappingKey: CryptoKey,
  binding: KeyBinding,
): Promise<{ readonly key: CryptoKey; readonly wrapped: WrappedKey }> {
  const wrapped = await wrap(await generateExtractable(), wrappingKey, binding);
  return { key: await openDataKey(wrapped, wrappingKey, binding), wrapped };
}

/** @throws OperationError when the wrapping key or the binding is not the one it was wrapped with */
export function openDataKey(
  wrapped: WrappedKey,
  wrappingKey: CryptoKey,
  binding: KeyBinding,
): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey(
    'raw',
    wrapped.bytes,
    wrappingKey,
    gcm(wrapped.iv, binding),
    'AES-GCM',
    false,
    ['encrypt', 'decrypt'],
  );
}

/** A key the browser keeps for us (convenience mode): scripts cannot read it, the disk holds it. */
export const createDeviceKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey']);
