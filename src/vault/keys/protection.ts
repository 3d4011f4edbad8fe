import { VaultFailure } from '../vault-failure';
import type { VaultSession } from '../vault-session';
import type { VaultProtection } from '../vault-types';
import { fillSlot, type MasterKey } from './key-material';
import { newMainWay } from './slots';
import { renewMasterKey } from './vault-keys';

/**
 * Sets, changes or removes the passphrase. A changed one leaves the other ways in as they are; without one there
 * are none. A first one comes with a new master key and new data keys, because the old ones lay readable on the
 * disk: what they sealed stays readable until it is sealed anew.
 *
 * @returns the new master key, where there is one: the ring has to be opened again
 */
export async function changeProtection(
  { keys, ring: { master }, clock }: VaultSession,
  protection: VaultProtection,
  passphrase: string | undefined,
): Promise<MasterKey | undefined> {
  const stored = await keys.read();
  if (stored?.header.generation !== master.generation) throw new VaultFailure({ kind: 'locked' });
  const way = await newMainWay(protection, passphrase, clock);
  if (protection === 'passphrase' && stored.slots.protection === 'convenience') {
    const renewed = await renewMasterKey(master, await keys.keys(), way, clock);
    await keys.replaceMasterKey(master, renewed.slot, renewed.keys);
    return renewed.master;
  }
  const slot = await fillSlot(master, way);
  if (protection === 'convenience') await keys.replaceSlots(master, slot);
  else await keys.putSlot(master, slot);
  return undefined;
}
