import type { Clock } from '../../core/clock';
import type { DataPrivacyLevel } from '../../learning/data-privacy-level';
import {
  createDataKey,
  createDeviceKey,
  createMacKey,
  createMasterKey,
  type KeyBinding,
  openMasterKey,
  rewrapKey,
  type WrappedKey,
} from '../crypto/wrapped-key';
import {
  type DataKey,
  dataKeyBinding,
  KEY_FORMAT,
  type MacUse,
  macKeyBinding,
  type Slot,
  type StoredMacKey,
  slotBinding,
} from './key-rows';
import type { KeyOwnership } from './key-store';
import type { Way } from './slots';

/** Encryptions are counted this many at a time, so that a write seldom waits for the key database. */
export const COUNTED_AHEAD = 65_536;

/**
 * The master key as an open vault holds it: as the key that wraps all others, and under a key that only this
 * session has, so that it can be put into new ways in, however the vault was opened.
 */
export interface MasterKey extends KeyOwnership {
  readonly wrappingKey: CryptoKey;
  readonly held: { readonly by: CryptoKey; readonly wrapped: WrappedKey };
}

const heldBinding = (vaultId: string): KeyBinding => ['session', vaultId];

/** @throws OperationError when the way is not the one the slot was filled with */
export async function openSlot(
  { vaultId, generation }: KeyOwnership,
  slot: Slot,
  kek: CryptoKey,
): Promise<MasterKey> {
  const binding = slotBinding(vaultId, slot);
  const wrappingKey = await openMasterKey(slot.masterKey, kek, binding);
  const by = await createDeviceKey();
  const to = { by, binding: heldBinding(vaultId) };
  const wrapped = await rewrapKey(slot.masterKey, { by: kek, binding }, to);
  return { vaultId, generation, wrappingKey, held: { by, wrapped } };
}

/** A new master key in its first slot. */
export async function newMasterKey(
  owner: KeyOwnership,
  way: Way,
): Promise<{ readonly slot: Slot; readonly master: MasterKey }> {
  const masterKey = await createMasterKey(way.kek, slotBinding(owner.vaultId, way.slot));
  const slot: Slot = { ...way.slot, masterKey };
  return { slot, master: await openSlot(owner, slot, way.kek) };
}

/** Puts the master key of an open vault into another way in. */
export async function fillSlot({ vaultId, held }: MasterKey, { slot, kek }: Way): Promise<Slot> {
  const masterKey = await rewrapKey(
    held.wrapped,
    { by: held.by, binding: heldBinding(vaultId) },
    { by: kek, binding: slotBinding(vaultId, slot) },
  );
  return { ...slot, masterKey };
}

/** A data key as it is stored, and ready for use. */
export interface NewDataKey {
  readonly row: DataKey & { readonly format: typeof KEY_FORMAT };
  readonly key: CryptoKey;
}

/** Makes a data key that `countedAhead` encryptions are granted to from the start. */
export async function newDataKey(
  { vaultId, wrappingKey }: MasterKey,
  level: DataPrivacyLevel,
  indexKeyId: string,
  clock: Clock,
  countedAhead = COUNTED_AHEAD,
): Promise<NewDataKey> {
  const identity = { id: crypto.randomUUID() as string, format: KEY_FORMAT, level, indexKeyId } as const;
  const { key, wrapped } = await createDataKey(wrappingKey, dataKeyBinding(vaultId, identity));
  return {
    row: { ...identity, createdAt: clock.now(), state: 'active', encryptions: countedAhead, wrapped },
    key,
  };
}

/** A key for HMAC as it is stored, and ready for use. */
export interface NewMacKey {
  readonly row: StoredMacKey;
  readonly key: CryptoKey;
}

export async function newMacKey(
  { vaultId, wrappingKey }: MasterKey,
  use: MacUse,
  clock: Clock,
): Promise<NewMacKey> {
  const identity = { id: crypto.randomUUID() as string, use };
  const { key, wrapped } = await createMacKey(wrappingKey, macKeyBinding(vaultId, identity));
  return { row: { ...identity, format: KEY_FORMAT, createdAt: clock.now(), state: 'active', wrapped }, key };
}

/** The keys of a vault or of a new master key, before they are stored. */
export interface NewKeys {
  readonly dataKeys: readonly NewDataKey[];
  readonly macKeys: readonly NewMacKey[];
}
