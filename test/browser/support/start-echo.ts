import { createEcho, type Echo, type EchoAddresses, type EchoOptions } from '../../../src/echo';
import behaviourWorker from '../../../workers/behaviour.worker.ts?worker&url';
import speechWorker from '../../../workers/speech.worker.ts?worker&url';
import vaultWorker from '../../../workers/vault.worker.ts?worker&url';
import { measuredBackend } from '../../support/measured-backend';

/** The whole engine without the page: real workers and vault, built-in voices, no microphone. */
export function startEcho(addresses: Partial<EchoAddresses> = {}, options: EchoOptions = {}): Echo {
  localStorage.setItem('claude-echo.backend', JSON.stringify(measuredBackend));
  return createEcho(
    {
      speechWorker,
      vaultWorker,
      behaviourWorker,
      captureWorklet: '',
      serviceWorker: undefined,
      samples: '/samples/samples.json',
      policy: '/policy.json',
      ...addresses,
    },
    localStorage,
    options,
  );
}
