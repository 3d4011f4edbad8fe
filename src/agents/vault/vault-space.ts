import type { Remote } from 'comlink';
import type { VaultContract } from '../../bridge/vault-contract';
import { vaultWorkerName } from '../../bridge/vault-worker-name';
import { type HostedWorker, startWorker } from '../../bridge/worker-host';
import type { Result } from '../../core/result';
import type { VaultError } from '../../vault/vault-types';

/**
 * Starts a vault worker for one person's space.
 *
 * @param onCrash as for `startWorker`
 */
export function startVault(
  url: string,
  space: string,
  onCrash: (detail: string) => void,
): HostedWorker<VaultContract> {
  return startWorker<VaultContract>(url, vaultWorkerName(space), onCrash);
}

/** Deletes the vault of somebody who is not using Echo now: keys first, then rows. */
export async function destroyVault(url: string, space: string): Promise<Result<void, VaultError>> {
  let crashed: (error: VaultError) => void = () => undefined;
  const crash = new Promise<Result<void, VaultError>>((resolve) => {
    crashed = (error) => resolve({ ok: false, error });
  });
  const host = startVault(url, space, (detail) => crashed({ kind: 'unavailable', detail }));
  const destroyed = await Promise.race([host.remote.destroy(), crash]);
  host.terminate();
  return destroyed.ok ? { ok: true, value: undefined } : destroyed;
}

/** The contract itself: Comlink's `Remote` adds another Promise around what are Promises already. */
export function plainVault(remote: Remote<VaultContract>): VaultContract {
  return remote as unknown as VaultContract;
}

/** Empty where the browser does not tell. */
export async function databaseNames(): Promise<readonly string[]> {
  try {
    const databases = await indexedDB.databases();
    return databases.flatMap(({ name }) => (name === undefined ? [] : [name]));
  } catch {
    // Older browsers cannot list them, and a store that does not open says so where it is opened.
    return [];
  }
}
