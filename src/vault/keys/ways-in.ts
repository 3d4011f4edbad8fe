import type { VaultSession } from '../vault-session';
import type { NewPasskey } from '../vault-types';
import { fillSlot } from './key-material';
import { newPasskeyWay, newRecoveryWay } from './slots';

/** @throws VaultFailure `passphrase-required` in convenience mode */
export async function addPasskey({ keys, ring, clock }: VaultSession, passkey: NewPasskey): Promise<void> {
  const way = await newPasskeyWay(passkey, clock);
  await keys.putSlot(ring.master, await fillSlot(ring.master, way));
}

/**
 * @returns the code, which nothing keeps
 * @throws VaultFailure `passphrase-required` in convenience mode
 */
export async function makeRecoveryCode({ keys, ring, clock }: VaultSession): Promise<string> {
  const way = await newRecoveryWay(clock);
  await keys.putSlot(ring.master, await fillSlot(ring.master, way));
  return way.code;
}

export async function removeWay({ keys, ring }: VaultSession, kind: 'passkey' | 'recovery'): Promise<void> {
  await keys.removeSlot(ring.master, kind);
}
