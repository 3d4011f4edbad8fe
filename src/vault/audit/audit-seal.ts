import * as v from 'valibot';
import { associatedData, type Bytes, hex, randomBytes, utf8 } from '../crypto/associated-data';
import { IV_BYTES } from '../crypto/wrapped-key';
import { type AuditEntry, AuditEntrySchema } from './audit-entry';
import type { AuditKey, AuditKeys } from './audit-keys';
import { AUDIT_FORMAT, type AuditHead, type SealedEntry } from './audit-store';

const HMAC = 'HMAC';

/** Entries are filled up to a multiple of this: their length would tell one event from another. */
const BLOCK_BYTES = 256;
const SPACE = 0x20;

/** Before the first entry there is nothing to commit to. */
export const NO_MAC: Bytes = new Uint8Array(32);

const sealingKeys = new WeakMap<CryptoKey, Promise<CryptoKey>>();

/**
 * The AES-256-GCM key that goes with a key for HMAC: HMAC-SHA-256 is a pseudorandom function, and no MAC is ever
 * made over the same bytes.
 */
function sealingKeyOf({ id, key }: AuditKey): Promise<CryptoKey> {
  const known = sealingKeys.get(key) ?? deriveSealingKey(id, key);
  sealingKeys.set(key, known);
  return known;
}

async function deriveSealingKey(id: string, key: CryptoKey): Promise<CryptoKey> {
  const raw = new Uint8Array(await crypto.subtle.sign(HMAC, key, associatedData('audit-sealing-key', [id])));
  try {
    return await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  } finally {
    raw.fill(0);
  }
}

type EntryPlace = Pick<SealedEntry, 'sequence' | 'keyId'>;

const gcm = (vaultId: string, { sequence, keyId }: EntryPlace, iv: Bytes): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: associatedData('audit-entry', [AUDIT_FORMAT, vaultId, sequence, keyId]),
});

/** What an entry's MAC is over: all of it, and through `previousMac` all that came before. */
const chained = (vaultId: string, entry: Omit<SealedEntry, 'mac'>, previousMac: Bytes): Bytes =>
  associatedData('audit-chain', [
    entry.format,
    vaultId,
    entry.sequence,
    entry.keyId,
    hex(entry.iv),
    hex(entry.sealed),
    hex(previousMac),
  ]);

const headed = (vaultId: string, head: Omit<AuditHead, 'tag'>): Bytes =>
  associatedData('audit-head', [
    head.format,
    vaultId,
    head.baseSequence,
    hex(head.baseMac),
    head.sequence,
    hex(head.mac),
    head.brokenAt,
    head.keyId,
  ]);

function padded({ at, event, detail }: AuditEntry): Bytes {
  const text = utf8(JSON.stringify([at, event, detail]));
  const whole = new Uint8Array(Math.ceil(text.length / BLOCK_BYTES) * BLOCK_BYTES).fill(SPACE);
  whole.set(text);
  return whole;
}

/** Encrypts an entry and chains it to the one before. */
export async function sealEntry(
  { vaultId, active }: AuditKeys,
  entry: AuditEntry,
  previousMac: Bytes,
): Promise<SealedEntry> {
  const place = { sequence: entry.sequence, keyId: active.id };
  const iv = randomBytes(IV_BYTES);
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt(gcm(vaultId, place, iv), await sealingKeyOf(active), padded(entry)),
  );
  const row = { ...place, format: AUDIT_FORMAT, iv, sealed } as const;
  const mac = new Uint8Array(await crypto.subtle.sign(HMAC, active.key, chained(vaultId, row, previousMac)));
  return { ...row, mac };
}

/** What an entry says; `undefined` when it does not open as the entry of its place. */
export async function openEntry(keys: AuditKeys, stored: SealedEntry): Promise<AuditEntry | undefined> {
  const used = keys.all.find(({ id }) => id === stored.keyId);
  if (used === undefined) return undefined;
  try {
    const sealing = await sealingKeyOf(used);
    const text = await crypto.subtle.decrypt(gcm(keys.vaultId, stored, stored.iv), sealing, stored.sealed);
    const [at, event, detail] = JSON.parse(new TextDecoder().decode(text)) as unknown[];
    return v.parse(AuditEntrySchema, { sequence: stored.sequence, at, event, detail });
  } catch {
    // `verify` tells that it is damaged, and where; the others can still be read.
    return undefined;
  }
}

/** Whether an entry is as it was written, right after the entry with `previousMac`. */
export async function isChained(keys: AuditKeys, entry: SealedEntry, previousMac: Bytes): Promise<boolean> {
  const used = keys.all.find(({ id }) => id === entry.keyId);
  if (used === undefined) return false;
  return await crypto.subtle.verify(HMAC, used.key, entry.mac, chained(keys.vaultId, entry, previousMac));
}

export async function sealHead(
  { vaultId, active }: AuditKeys,
  head: Pick<AuditHead, 'baseSequence' | 'baseMac' | 'sequence' | 'mac' | 'brokenAt'>,
): Promise<AuditHead> {
  const { baseSequence, baseMac, sequence, mac, brokenAt } = head;
  const row = {
    id: 'audit-head',
    format: AUDIT_FORMAT,
    baseSequence,
    baseMac,
    sequence,
    mac,
    brokenAt,
    keyId: active.id,
  } as const;
  return { ...row, tag: new Uint8Array(await crypto.subtle.sign(HMAC, active.key, headed(vaultId, row))) };
}

export async function isGenuineHead(keys: AuditKeys, head: AuditHead): Promise<boolean> {
  const used = keys.all.find(({ id }) => id === head.keyId);
  if (used === undefined) return false;
  return await crypto.subtle.verify(HMAC, used.key, head.tag, headed(keys.vaultId, head));
}
