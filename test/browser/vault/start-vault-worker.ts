import { type Remote, wrap } from 'comlink';
import type { VaultContract } from '../../../src/bridge/vault-contract';

/** The worker as the page starts it. All of them share one vault: the one of the app. */
export function startVaultWorker(): { readonly worker: Worker; readonly vault: Remote<VaultContract> } {
  const url = new URL('../../../workers/vault.worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module' });
  return { worker, vault: wrap<VaultContract>(worker) };
}
