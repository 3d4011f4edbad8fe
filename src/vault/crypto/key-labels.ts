import { type Bytes, utf8 } from './associated-data';

/**
 * HKDF `info` labels: `claude-echo/<version>/<use>`. A label is never given a second meaning; a changed
 * use gets a new version. Never to be used: `v1/index`, `v1/audit`, `v1/dp`, because those keys are random and
 * wrapped, so that a new master key leaves them readable.
 */
export const keyLabels = {
  /** Master key → the key that wraps data keys. */
  wrap: 'claude-echo/v1/wrap',
  /** Stretched passphrase → the key that wraps the master key. */
  kekPassphrase: 'claude-echo/v1/kek/passphrase',
  /** Output of a passkey's PRF → the key that wraps the master key. */
  kekPrf: 'claude-echo/v1/kek/prf',
  /** Recovery code → the key that wraps the master key. */
  kekRecovery: 'claude-echo/v1/kek/recovery',
  /** Stretched backup passphrase → the key of that one file. */
  backup: 'claude-echo/v1/backup',
} as const;

export type KeyLabel = (typeof keyLabels)[keyof typeof keyLabels];

/**
 * HKDF-SHA-256 (RFC 5869) to a non-extractable AES-256-GCM key. The salt is empty, as the input is
 * already uniform (a random master key) or salted (the output of a password hash).
 */
export function deriveAesKey(
  from: CryptoKey,
  label: KeyLabel,
  usages: readonly ('encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey')[],
): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(label) },
    from,
    { name: 'AES-GCM', length: 256 },
    false,
    [...usages],
  );
}

/** Takes `secret` as HKDF input and overwrites the caller's copy with zeros. */
export async function importSecret(secret: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  } finally {
    secret.fill(0);
  }
}
