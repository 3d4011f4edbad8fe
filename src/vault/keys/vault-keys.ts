import type { Clock } from '../../core/clock';
import { dataPrivacyLevels } from '../../learning/data-privacy-level';
import { type KeyBinding, rewrapKey, type WrappedKey } from '../crypto/wrapped-key';
import { unavailable, VaultFailure } from '../vault-failure';
import type { VaultProtection, VaultSecret } from '../vault-types';
import {
  COUNTED_AHEAD,
  type MasterKey,
  type NewKeys,
  newDataKey,
  newMacKey,
  newMasterKey,
  openSlot,
} from './key-material';
import { dataKeyBinding, KEY_FORMAT, macKeyBinding, macUses, type Slot, type VaultHeader } from './key-rows';
import type { StoredKeys } from './key-store';
import { newMainWay, type Way, wayOf } from './slots';
import type { StoredSlots } from './stored-slots';

/** Everything a vault needs, as rows to store and as keys to use. */
export interface NewVault {
  readonly header: VaultHeader;
  readonly slot: Slot;
  readonly keys: NewKeys;
  readonly master: MasterKey;
}

export const rowsOf = ({ dataKeys, macKeys }: NewKeys): StoredKeys => ({
  dataKeys: dataKeys.map(({ row }) => row),
  macKeys: macKeys.map(({ row }) => row),
});

/** One active key of every level and use. @param rows how many will be sealed before the keys are stored */
async function newKeys(master: MasterKey, rows: number, clock: Clock): Promise<NewKeys> {
  const index = await newMacKey(master, 'index', clock);
  const others = macUses.filter((use) => use !== 'index').map((use) => newMacKey(master, use, clock));
  const dataKeys = dataPrivacyLevels.map((level) =>
    newDataKey(master, level, index.row.id, clock, rows + COUNTED_AHEAD),
  );
  return { dataKeys: await Promise.all(dataKeys), macKeys: [index, ...(await Promise.all(others))] };
}

/** @throws VaultFailure `weak-passphrase` */
export async function newVault(
  protection: VaultProtection,
  passphrase: string | undefined,
  rows: number,
  clock: Clock,
): Promise<NewVault> {
  const owner = { vaultId: crypto.randomUUID() as string, generation: 1 };
  const { slot, master } = await newMasterKey(owner, await newMainWay(protection, passphrase, clock));
  return {
    header: { id: 'vault', format: KEY_FORMAT, createdAt: clock.now(), ...owner },
    slot,
    keys: await newKeys(master, rows, clock),
    master,
  };
}

/**
 * A new master key in its first slot, and everything that is to be stored with it: new active keys, and the old
 * ones wrapped anew and retired, so that what they sealed stays readable until it is sealed anew.
 */
export async function renewMasterKey(
  old: MasterKey,
  stored: StoredKeys,
  way: Way,
  clock: Clock,
): Promise<{ readonly slot: Slot; readonly keys: StoredKeys; readonly master: MasterKey }> {
  const { vaultId, generation } = old;
  const { slot, master } = await newMasterKey({ vaultId, generation: generation + 1 }, way);
  const rewrapped = async <K extends { readonly wrapped: WrappedKey }>(
    keys: readonly K[],
    bindingOf: (key: K) => KeyBinding,
  ): Promise<readonly (K & { readonly state: 'retired' })[]> => {
    const moved = await Promise.all(
      keys.map(async (key) => {
        const binding = bindingOf(key);
        try {
          const to = { by: master.wrappingKey, binding };
          const wrapped = await rewrapKey(key.wrapped, { by: old.wrappingKey, binding }, to);
          return { ...key, wrapped, state: 'retired' } as const;
        } catch {
          // Damaged already: it stays where and as it is, and so do the rows under it.
          return undefined;
        }
      }),
    );
    return moved.filter((key) => key !== undefined);
  };
  const [dataKeys, macKeys] = [
    await rewrapped(stored.dataKeys, (key) => dataKeyBinding(vaultId, key)),
    await rewrapped(stored.macKeys, (key) => macKeyBinding(vaultId, key)),
  ];
  const fresh = rowsOf(await newKeys(master, 0, clock));
  return {
    slot,
    master,
    keys: { dataKeys: [...dataKeys, ...fresh.dataKeys], macKeys: [...macKeys, ...fresh.macKeys] },
  };
}

/**
 * Opens the vault with a secret, or with the key that the device keeps.
 *
 * @throws VaultFailure `wrong-passphrase`, whatever the secret was; `mistyped-code`; `unavailable` when the
 *   way in is damaged
 */
export async function openWith(
  { vaultId, generation }: VaultHeader,
  slots: StoredSlots,
  secret: VaultSecret | undefined,
): Promise<MasterKey> {
  const { slot, kek } = await wayOf(slots, secret);
  try {
    return await openSlot({ vaultId, generation }, slot, kek);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (slot.kind !== 'device') throw new VaultFailure({ kind: 'wrong-passphrase' });
    throw unavailable('the key of the vault is damaged');
  }
}
