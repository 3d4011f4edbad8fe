import type { VaultAccess } from './vault-access';
import type { VaultStatus } from './vault-types';

/** How the vault is, as the stores tell it; keys that no longer belong to it are dropped. */
export async function statusOf(access: VaultAccess): Promise<VaultStatus> {
  const { keys, rows } = await access.stores();
  const stored = await keys.read();
  if (access.ring !== undefined && !(await keys.isCurrent(access.ring.master))) access.leave();
  if (stored === undefined) return { kind: 'absent' };
  const { protection, waysIn } = stored.slots;
  if (access.ring === undefined) return { kind: 'locked', protection, waysIn };
  const [isPersisted, { usage, quota }, counts] = await Promise.all([
    navigator.storage.persisted(),
    navigator.storage.estimate(),
    rows.counts(),
  ]);
  const bytes = { usedBytes: usage ?? 0, quotaBytes: quota ?? 0 };
  return { kind: 'open', protection, waysIn, isPersisted, ...bytes, counts };
}
