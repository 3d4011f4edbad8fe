import { decode, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { associatedData, randomBytes } from '../crypto/associated-data';
import { IV_BYTES } from '../crypto/wrapped-key';
import type { KeyRing, MacKey } from '../keys/key-ring';
import { LEDGER_FORMAT, type SealedLedgerRow, SealedLedgerRowSchema } from './ledger-rows';

/** The part of an open vault that sealing needs. */
export type LedgerKeys = Pick<KeyRing, 'vaultId' | 'insightKeys'>;

const sealingKeys = new WeakMap<CryptoKey, Promise<CryptoKey>>();

/**
 * The AES-256-GCM key that goes with a key for insights: HMAC-SHA-256 is a pseudorandom function, and neither
 * answers nor assignments are ever drawn from the same bytes. Retired keys are kept, so old rows stay readable.
 */
function sealingKeyOf({ id, key }: MacKey): Promise<CryptoKey> {
  const known = sealingKeys.get(key) ?? deriveSealingKey(id, key);
  sealingKeys.set(key, known);
  return known;
}

async function deriveSealingKey(id: string, key: CryptoKey): Promise<CryptoKey> {
  const message = associatedData('insights-sealing-key', [id]);
  const raw = new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
  try {
    return await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  } finally {
    raw.fill(0);
  }
}

const gcm = (vaultId: string, id: string, keyId: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: associatedData('insights-ledger', [LEDGER_FORMAT, vaultId, id, keyId]),
});

/** Seals a row of the ledger, bound to its id. */
export async function sealLedgerRow(
  keys: LedgerKeys,
  id: string,
  content: unknown,
): Promise<SealedLedgerRow> {
  const { active } = keys.insightKeys();
  const iv = randomBytes(IV_BYTES);
  const sealed = await crypto.subtle.encrypt(
    gcm(keys.vaultId, id, active.id, iv),
    await sealingKeyOf(active),
    encode(content),
  );
  return { id, format: LEDGER_FORMAT, keyId: active.id, iv, sealed: new Uint8Array(sealed) };
}

/** What a row says; `undefined` when it does not open as the row of its id, or is not what it should be. */
export async function openLedgerRow<S extends v.GenericSchema>(
  keys: LedgerKeys,
  schema: S,
  stored: unknown,
): Promise<v.InferOutput<S> | undefined> {
  const row = v.safeParse(SealedLedgerRowSchema, stored);
  if (!row.success) return undefined;
  const { id, keyId, iv, sealed } = row.output;
  const used = keys.insightKeys().all.find((key) => key.id === keyId);
  if (used === undefined) return undefined;
  try {
    const opened = await crypto.subtle.decrypt(
      gcm(keys.vaultId, id, keyId, iv),
      await sealingKeyOf(used),
      sealed,
    );
    const parsed = v.safeParse(schema, decode(opened));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // One row that nobody can read is reason enough to make nothing more: whoever asked says so.
    return undefined;
  }
}
