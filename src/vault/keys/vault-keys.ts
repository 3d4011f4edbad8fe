import type { Clock } from '../../core/clock';
import { dataPrivacyLevels } from '../../learning/data-privacy-level';
import { calibrateAndStretch } from '../crypto/kdf-calibration';
import { deriveAesKey, importSecret, keyLabels } from '../crypto/key-labels';
import { MINIMUM_PASSPHRASE_LENGTH, normalisePassphrase, stretchPassphrase } from '../crypto/passphrase-kdf';
import { createDeviceKey, createMasterKey, openMasterKey, rewrapMasterKey } from '../crypto/wrapped-key';
import { unavailable, VaultFailure } from '../vault-failure';
import type { VaultProtection } from '../vault-types';
import { COUNTED_AHEAD, type NewDataKey, newDataKey, type RingKeys } from './key-ring';
import { type DataKey, KEY_FORMAT, type Slot, slotBinding, type VaultHeader } from './key-store';

/** A slot before the master key is put into it, and the key-encryption key that goes with it. */
interface EmptySlot {
  readonly kek: CryptoKey;
  readonly slot: SlotWithoutKey;
}

type Without<S, Key extends PropertyKey> = S extends unknown ? Omit<S, Key> : never;
type SlotWithoutKey = Without<Slot, 'masterKey'>;

/** @throws VaultFailure `weak-passphrase` */
export function acceptPassphrase(passphrase: string | undefined): Uint8Array<ArrayBuffer> {
  const { bytes, isLongEnough } = normalisePassphrase(passphrase ?? '');
  if (!isLongEnough) {
    throw new VaultFailure({ kind: 'weak-passphrase', minimumLength: MINIMUM_PASSPHRASE_LENGTH });
  }
  return bytes;
}

/** Takes a stretched passphrase as key-encryption key. */
const passphraseKek = async (secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  deriveAesKey(await importSecret(secret), keyLabels.kekPassphrase, ['wrapKey', 'unwrapKey']);

async function emptySlot(
  protection: VaultProtection,
  passphrase: string | undefined,
  clock: Clock,
): Promise<EmptySlot> {
  if (protection === 'convenience') {
    const kek = await createDeviceKey();
    return { kek, slot: { kind: 'device', format: KEY_FORMAT, kek } };
  }
  const { kdf, secret } = await calibrateAndStretch(acceptPassphrase(passphrase), clock);
  return { kek: await passphraseKek(secret), slot: { kind: 'passphrase', format: KEY_FORMAT, kdf } };
}

/** Everything a new vault needs, as rows to store and as keys to use. */
export interface NewVault {
  readonly header: VaultHeader;
  readonly slot: Slot;
  readonly dataKeys: readonly NewDataKey[];
  readonly ringKeys: RingKeys;
}

/**
 * @param rows how many rows will be sealed before the keys are stored
 * @throws VaultFailure `weak-passphrase`
 */
export async function newVault(
  protection: VaultProtection,
  passphrase: string | undefined,
  rows: number,
  clock: Clock,
): Promise<NewVault> {
  const vaultId: string = crypto.randomUUID();
  const { kek, slot } = await emptySlot(protection, passphrase, clock);
  const binding = slotBinding(vaultId, slot);
  const masterKey = await createMasterKey(kek, binding);
  const ringKeys = { vaultId, kek, wrappingKey: await openMasterKey(masterKey, kek, binding) };
  return {
    header: { id: 'vault', format: KEY_FORMAT, vaultId, createdAt: clock.now() },
    slot: { ...slot, masterKey },
    dataKeys: await Promise.all(
      dataPrivacyLevels.map((level) => newDataKey(ringKeys, level, clock, rows + COUNTED_AHEAD)),
    ),
    ringKeys,
  };
}

export const rowsOf = (dataKeys: readonly NewDataKey[]): readonly DataKey[] => dataKeys.map(({ row }) => row);

/** Opens a slot. @throws VaultFailure `wrong-passphrase`, or `unavailable` when the slot is damaged */
export async function openSlot(
  header: VaultHeader,
  slot: Slot,
  passphrase: string | undefined,
): Promise<RingKeys> {
  const kek = slot.kind === 'device' ? slot.kek : await kekOfPassphrase(slot, passphrase);
  try {
    const wrappingKey = await openMasterKey(slot.masterKey, kek, slotBinding(header.vaultId, slot));
    return { vaultId: header.vaultId, kek, wrappingKey };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (slot.kind === 'passphrase') throw new VaultFailure({ kind: 'wrong-passphrase' });
    throw unavailable('the key of the vault is damaged');
  }
}

async function kekOfPassphrase(
  slot: Extract<Slot, { kind: 'passphrase' }>,
  passphrase: string | undefined,
): Promise<CryptoKey> {
  const { bytes } = normalisePassphrase(passphrase ?? '');
  if (bytes.length === 0) throw new VaultFailure({ kind: 'wrong-passphrase' });
  return passphraseKek(await stretchPassphrase(bytes, slot.kdf));
}

/**
 * Puts the master key of an open vault into a new slot.
 *
 * @throws VaultFailure `weak-passphrase`; `locked` when another tab changed the protection since
 */
export async function newSlotFor(
  keys: RingKeys,
  current: Slot,
  protection: VaultProtection,
  passphrase: string | undefined,
  clock: Clock,
): Promise<{ readonly slot: Slot; readonly kek: CryptoKey }> {
  const { kek, slot } = await emptySlot(protection, passphrase, clock);
  try {
    const masterKey = await rewrapMasterKey(
      current.masterKey,
      { kek: keys.kek, binding: slotBinding(keys.vaultId, current) },
      { kek, binding: slotBinding(keys.vaultId, slot) },
    );
    return { slot: { ...slot, masterKey }, kek };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new VaultFailure({ kind: 'locked' });
  }
}
