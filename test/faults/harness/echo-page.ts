import { createEcho, type Echo } from '../../../src/echo';
import behaviourWorker from '../../../workers/behaviour.worker.ts?worker&url';
import captureWorklet from '../../../workers/capture.worklet.ts?worker&url';
import speechWorker from '../../../workers/speech.worker.ts?worker&url';
import vaultWorker from '../../../workers/vault.worker.ts?worker&url';

/** The engine of the app without its screens, in `echo`, for faults that happen between tabs. */

declare global {
  var echo: Echo;
  /** Epoch milliseconds at which this tab came to have an open vault; `undefined` before. */
  var openSince: number | undefined;
  /** Epoch milliseconds at which it last ceased to have one. */
  var closedSince: number | undefined;
}

const engine = createEcho(
  {
    captureWorklet,
    speechWorker,
    vaultWorker,
    behaviourWorker,
    serviceWorker: undefined,
    samples: './samples/samples.json',
    policy: './policy.json',
  },
  localStorage,
);

engine.subscribe(() => {
  const isOpen = engine.state.vault.kind === 'open' && !engine.state.isElsewhere;
  if (!isOpen && globalThis.openSince !== undefined) globalThis.closedSince = Date.now();
  globalThis.openSince = isOpen ? (globalThis.openSince ?? Date.now()) : undefined;
});

Object.assign(globalThis, { echo: engine, __name: (named: unknown) => named });
