import * as v from 'valibot';
import { DataPrivacyLevelSchema } from '../../learning/data-privacy-level';
import { hex } from '../crypto/associated-data';
import { canonicalKdf, KdfParametersSchema } from '../crypto/passphrase-kdf';
import { BytesSchema, type KeyBinding, WrappedKeySchema } from '../crypto/wrapped-key';

const epoch = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Layout of slots and of version 1 data keys. */
export const SLOT_FORMAT = 1;
/** Layout of the header and of every key below the master key, since there are indexes and an audit log. */
export const KEY_FORMAT = 2;

export const VaultHeaderSchema = v.object({
  id: v.literal('vault'),
  format: v.literal(KEY_FORMAT),
  vaultId: v.string(),
  createdAt: epoch,
  /** Which master key all others are wrapped under; one more with every new one. */
  generation: v.pipe(epoch, v.minValue(1)),
});

export const PRF_BYTES = 32;

const DeviceSlotSchema = v.object({
  kind: v.literal('device'),
  format: v.literal(SLOT_FORMAT),
  kek: v.custom<CryptoKey>((value) => value instanceof CryptoKey),
  masterKey: WrappedKeySchema,
});

const PassphraseSlotSchema = v.object({
  kind: v.literal('passphrase'),
  format: v.literal(SLOT_FORMAT),
  kdf: KdfParametersSchema,
  masterKey: WrappedKeySchema,
});

const PasskeySlotSchema = v.object({
  kind: v.literal('passkey'),
  format: v.literal(SLOT_FORMAT),
  credentialId: v.pipe(
    BytesSchema,
    v.check((id) => id.length > 0 && id.length <= 1_023, 'WebAuthn ids have 1 to 1,023 bytes'),
  ),
  prfSalt: v.pipe(
    BytesSchema,
    v.check((salt) => salt.length === PRF_BYTES, 'a PRF salt has 32 bytes'),
  ),
  createdAt: epoch,
  masterKey: WrappedKeySchema,
});

const RecoverySlotSchema = v.object({
  kind: v.literal('recovery'),
  format: v.literal(SLOT_FORMAT),
  createdAt: epoch,
  masterKey: WrappedKeySchema,
});

/** One way in: the master key under one key-encryption key. At most one of each kind. */
export const SlotSchema = v.variant('kind', [
  DeviceSlotSchema,
  PassphraseSlotSchema,
  PasskeySlotSchema,
  RecoverySlotSchema,
]);

const dataKeyEntries = {
  id: v.string(),
  level: DataPrivacyLevelSchema,
  createdAt: epoch,
  /** One active key a level encrypts; retired ones only decrypt. */
  state: v.picklist(['active', 'retired']),
  /** Never less than the encryptions done: counted in advance, block by block. */
  encryptions: epoch,
  wrapped: WrappedKeySchema,
};

export const DataKeySchema = v.variant('format', [
  v.object({ ...dataKeyEntries, format: v.literal(1) }),
  v.object({
    ...dataKeyEntries,
    format: v.literal(KEY_FORMAT),
    /** The key of all blind-index tokens that rows under this data key carry. */
    indexKeyId: v.string(),
  }),
]);

/**
 * What a key for HMAC is for: blind-index tokens, the chain of the audit log, or the memoised randomness of
 * anonymised insights.
 */
export const MacUseSchema = v.picklist(['index', 'audit', 'insights']);

export const StoredMacKeySchema = v.object({
  id: v.string(),
  format: v.literal(KEY_FORMAT),
  use: MacUseSchema,
  createdAt: epoch,
  /** One active key a use signs; retired ones only check what was signed before. */
  state: v.picklist(['active', 'retired']),
  wrapped: WrappedKeySchema,
});

export type VaultHeader = v.InferOutput<typeof VaultHeaderSchema>;
export type Slot = v.InferOutput<typeof SlotSchema>;
export type SlotKind = Slot['kind'];
export type SlotOf<K extends SlotKind> = Extract<Slot, { readonly kind: K }>;
export type DataKey = v.InferOutput<typeof DataKeySchema>;
export type MacUse = v.InferOutput<typeof MacUseSchema>;
export type StoredMacKey = v.InferOutput<typeof StoredMacKeySchema>;

export const macUses: readonly MacUse[] = MacUseSchema.options;

type Without<S, Key extends PropertyKey> = S extends unknown ? Omit<S, Key> : never;
/** A slot before the master key is put into it. */
export type EmptySlot = Without<Slot, 'masterKey'>;

/** What the master key in a slot is bound to; an edited kind or parameter no longer opens it. */
export const slotBinding = (vaultId: string, slot: EmptySlot): KeyBinding => [
  'slot',
  vaultId,
  SLOT_FORMAT,
  slot.kind,
  ...slotParameters(slot),
];

function slotParameters(slot: EmptySlot): readonly (string | number)[] {
  switch (slot.kind) {
    case 'device':
      return [''];
    case 'passphrase':
      return [canonicalKdf(slot.kdf)];
    case 'passkey':
      return [hex(slot.credentialId), hex(slot.prfSalt), slot.createdAt];
    case 'recovery':
      return [slot.createdAt];
  }
}

export const dataKeyBinding = (
  vaultId: string,
  key: Pick<DataKey, 'id' | 'level'> &
    ({ readonly format: 1 } | { readonly format: typeof KEY_FORMAT; readonly indexKeyId: string }),
): KeyBinding => [
  'data-key',
  vaultId,
  key.format,
  key.id,
  key.level,
  ...(key.format === 1 ? [] : [key.indexKeyId]),
];

export const macKeyBinding = (vaultId: string, key: Pick<StoredMacKey, 'id' | 'use'>): KeyBinding => [
  'mac-key',
  vaultId,
  KEY_FORMAT,
  key.id,
  key.use,
];
