import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import type { BackendMemory } from '../../../src/compute/backend-memory';
import { createEcho, type Echo, type EchoAddresses, type EchoOptions } from '../../../src/echo';
import behaviourWorker from '../../../workers/behaviour.worker.ts?worker&url';
import speechWorker from '../../../workers/speech.worker.ts?worker&url';
import vaultWorker from '../../../workers/vault.worker.ts?worker&url';

/** As a device remembers that was measured before: graphics in software take seconds to measure, and are slower. */
const MEASURED: BackendMemory = {
  tfjsVersion,
  backend: 'wasm',
  measurements: [
    { backend: 'wasm', stepMs: 1 },
    { backend: 'cpu', stepMs: 10 },
  ],
  measuredAt: 0,
};

/** The whole engine without the page: real workers and vault, built-in voices, no microphone. */
export function startEcho(addresses: Partial<EchoAddresses> = {}, options: EchoOptions = {}): Echo {
  localStorage.setItem('claude-echo.backend', JSON.stringify(MEASURED));
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
