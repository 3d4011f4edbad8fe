import { type Remote, wrap } from 'comlink';
import { trustedScriptUrl } from './trusted-script-url';

export interface HostedWorker<Contract> {
  readonly remote: Remote<Contract>;
  terminate(): void;
}

/**
 * Starts a worker and speaks its contract. Page thread only.
 *
 * @param onCrash the worker threw where nobody caught it, or could not be loaded; calls to it may never answer
 */
export function startWorker<Contract>(
  url: string,
  name: string,
  onCrash: (detail: string) => void,
): HostedWorker<Contract> {
  const worker = new Worker(trustedScriptUrl(url), { type: 'module', name });
  worker.addEventListener('error', (event) => onCrash(event.message));
  return {
    remote: wrap<Contract>(worker),
    terminate: () => worker.terminate(),
  };
}
