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
export type KeyBinding = readonly [
  kind: 'slot' | 'session' | 'data-key' | 'mac-key',
  vaultId: string,
  ...rest: (string | number)[],
];

/** Where a key is wrapped: under which key, and bound to what. */
export interface Wrapping {
  readonly by: CryptoKey;
  readonly binding: KeyBinding;
}

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
 * Wraps the same 256-bit key again elsewhere. Its raw bytes stay inside WebCrypto.
 *
 * @throws OperationError when `from` is not how it was wrapped
 */
export async function rewrapKey(wrapped: WrappedKey, from: Wrapping, to: Wrapping): Promise<WrappedKey> {
  const extractable = await crypto.subtle.unwrapKey(
    'raw',
    wrapped.bytes,
    from.by,
    gcm(wrapped.iv, from.binding),
    'AES-GCM',
    true,
    ['encrypt'],
  );
  return wrap(extractable, to.by, to.binding);
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

const HMAC = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const;

/** Makes a key for HMAC-SHA-256: its wrapped form to store, and the same key non-extractable, to use. */
export async function createMacKey(
  wrappingKey: CryptoKey,
  binding: KeyBinding,
): Promise<{ readonly key: CryptoKey; readonly wrapped: WrappedKey }> {
  const wrapped = await wrap(
    await crypto.subtle.generateKey(HMAC, true, ['sign', 'verify']),
    wrappingKey,
    binding,
  );
  return { key: await openMacKey(wrapped, wrappingKey, binding), wrapped };
}

/** @throws OperationError when the wrapping key or the binding is not the one it was wrapped with */
export function openMacKey(
  wrapped: WrappedKey,
  wrappingKey: CryptoKey,
  binding: KeyBinding,
): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', wrapped.bytes, wrappingKey, gcm(wrapped.iv, binding), HMAC, false, [
    'sign',
    'verify',
  ]);
}

/**
 * A key that leaves its owner in no form: of the browser's store (convenience mode: scripts cannot read it,
 * the disk holds it), or of one session's memory.
 */
export const createDeviceKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey']);
