import type { AuditTrail } from './audit/audit-trail';
import { KeyRing } from './keys/key-ring';
import { newVault, openWith, rowsOf } from './keys/vault-keys';
import { sealRows, type TableRow } from './rows/sealed-rows';
import type { VaultAccess } from './vault-access';
import { VaultFailure } from './vault-failure';
import { statusOf } from './vault-status';
import type { VaultProtection, VaultSecret, VaultStatus } from './vault-types';

/** Makes a vault with these rows in it. It exists from the moment its keys are stored, rows first. */
export async function foundVault(
  access: VaultAccess,
  trail: AuditTrail,
  protection: VaultProtection,
  passphrase: string | undefined,
  entries: readonly TableRow[],
): Promise<void> {
  const { keys, rows } = await access.stores();
  const { clock } = access;
  const made = await newVault(protection, passphrase, entries.length, clock);
  const ring = KeyRing.ofNew(made.master, made.keys, keys, clock);
  const owner = await rows.claim(ring.vaultId, { keepRows: false });
  if (entries.length > 0) await rows.replaceAll(owner, await sealRows(entries, ring, clock));
  await keys.insert(made.header, made.slot, rowsOf(made.keys));
  access.adopt(ring, owner);
  await trail.note(await access.session(), 'vault-created', { protection });
}

/** Opens a vault that is there and not open; of an open one only checks the secret, if one is shown. */
export async function openVault(
  access: VaultAccess,
  trail: AuditTrail,
  secret: VaultSecret | undefined,
): Promise<VaultStatus> {
  const { keys, rows } = await access.stores();
  const stored = await keys.read();
  const before = await statusOf(access);
  const isOpen = before.kind === 'open';
  if (stored === undefined || (isOpen && secret === undefined)) return before;
  try {
    const master = await openWith(stored.header, stored.slots, secret);
    if (isOpen) return before;
    // The epoch first: whoever changes the keys after it was read stops this session's writes.
    const owner = await rows.claim(master.vaultId, { keepRows: true });
    access.adopt(await KeyRing.open(master, keys, access.clock), owner);
  } catch (error) {
    const isWrong = error instanceof VaultFailure && error.error.kind === 'wrong-passphrase';
    // Trying whether a vault opens by itself is no attempt of anybody.
    if (isWrong && secret !== undefined) await trail.noteRefusal(keys);
    throw error;
  }
  await trail.note(await access.session(), 'unlocked', { with: secret?.kind ?? 'device' });
  return await statusOf(access);
}
