import type { Clock } from '../../core/clock';
import { type Bytes, randomBytes } from '../crypto/associated-data';
import { calibrateAndStretch } from '../crypto/kdf-calibration';
import { deriveAesKey, importSecret, type KeyLabel, keyLabels } from '../crypto/key-labels';
import { MINIMUM_PASSPHRASE_LENGTH, normalisePassphrase, stretchPassphrase } from '../crypto/passphrase-kdf';
import { createDeviceKey } from '../crypto/wrapped-key';
import { VaultFailure } from '../vault-failure';
import type { NewPasskey, VaultProtection, VaultSecret } from '../vault-types';
import { type EmptySlot, PRF_BYTES, SLOT_FORMAT, type Slot } from './key-rows';
import { decodeRecoveryCode, encodeRecoveryCode, RECOVERY_BYTES } from './recovery-code';
import type { StoredSlots } from './stored-slots';

/** A way in before the master key is put into it: its parameters, and its key-encryption key. */
export interface Way {
  readonly slot: EmptySlot;
  readonly kek: CryptoKey;
}

/** @throws VaultFailure `weak-passphrase` */
export function acceptPassphrase(passphrase: string | undefined): Bytes {
  const { bytes, isLongEnough } = normalisePassphrase(passphrase ?? '');
  if (!isLongEnough) {
    throw new VaultFailure({ kind: 'weak-passphrase', minimumLength: MINIMUM_PASSPHRASE_LENGTH });
  }
  return bytes;
}

/** Takes a secret (moved: overwritten with zeros) as key-encryption key. */
const kekOf = async (secret: Bytes, label: KeyLabel): Promise<CryptoKey> =>
  deriveAesKey(await importSecret(secret), label, ['wrapKey', 'unwrapKey']);

/** @throws VaultFailure `weak-passphrase` */
export async function newMainWay(
  protection: VaultProtection,
  passphrase: string | undefined,
  clock: Clock,
): Promise<Way> {
  if (protection === 'convenience') {
    const kek = await createDeviceKey();
    return { kek, slot: { kind: 'device', format: SLOT_FORMAT, kek } };
  }
  const { kdf, secret } = await calibrateAndStretch(acceptPassphrase(passphrase), clock);
  return {
    kek: await kekOf(secret, keyLabels.kekPassphrase),
    slot: { kind: 'passphrase', format: SLOT_FORMAT, kdf },
  };
}

export async function newPasskeyWay({ credentialId, prfSalt, prf }: NewPasskey, clock: Clock): Promise<Way> {
  const kek = await kekOf(prf, keyLabels.kekPrf);
  return {
    kek,
    slot: { kind: 'passkey', format: SLOT_FORMAT, credentialId, prfSalt, createdAt: clock.now() },
  };
}

/** @returns the way, and the code to be written down: nothing keeps it */
export async function newRecoveryWay(clock: Clock): Promise<Way & { readonly code: string }> {
  const secret = randomBytes(RECOVERY_BYTES);
  const code = encodeRecoveryCode(secret);
  const kek = await kekOf(secret, keyLabels.kekRecovery);
  return { code, kek, slot: { kind: 'recovery', format: SLOT_FORMAT, createdAt: clock.now() } };
}

const wrongSecret = (): VaultFailure => new VaultFailure({ kind: 'wrong-passphrase' });

/**
 * Finds the slot that a secret is for, and makes its key-encryption key; without a secret, that of the device.
 *
 * @throws VaultFailure `wrong-passphrase` where there is no such way in, `mistyped-code`, or `unavailable`
 */
export async function wayOf(
  slots: StoredSlots,
  secret: VaultSecret | undefined,
): Promise<{ readonly slot: Slot; readonly kek: CryptoKey }> {
  switch (secret?.kind) {
    case undefined: {
      const slot = slots.of('device');
      if (slot === undefined) throw wrongSecret();
      return { slot, kek: slot.kek };
    }
    case 'passphrase': {
      const slot = slots.of('passphrase');
      const { bytes } = normalisePassphrase(secret.passphrase);
      if (slot === undefined || bytes.length === 0) throw wrongSecret();
      return { slot, kek: await kekOf(await stretchPassphrase(bytes, slot.kdf), keyLabels.kekPassphrase) };
    }
    case 'recovery-code': {
      const code = decodeRecoveryCode(secret.code);
      if (code === undefined) throw new VaultFailure({ kind: 'mistyped-code' });
      const kek = await kekOf(code, keyLabels.kekRecovery);
      const slot = slots.of('recovery');
      if (slot === undefined) throw wrongSecret();
      return { slot, kek };
    }
    case 'passkey': {
      const isWhole = secret.prf.length === PRF_BYTES;
      const kek = await kekOf(secret.prf, keyLabels.kekPrf);
      const slot = slots.of('passkey');
      if (slot === undefined || !isWhole) throw wrongSecret();
      return { slot, kek };
    }
  }
}
