import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import behaviourWorker from '../workers/behaviour.worker.ts?worker&url';
import captureWorklet from '../workers/capture.worklet.ts?worker&url';
import speechWorker from '../workers/speech.worker.ts?worker&url';
import vaultWorker from '../workers/vault.worker.ts?worker&url';
import { assert } from './core/assert';
import { createEcho } from './echo';
import { EchoApp } from './ui/app';

/** Composition root of the page. */
const root = document.getElementById('root');
assert(root !== null, 'index.html has a #root');

const echo = createEcho(
  {
    speechWorker,
    vaultWorker,
    behaviourWorker,
    captureWorklet,
    serviceWorker: import.meta.env.PROD ? './service-worker.js' : undefined,
    samples: './samples/samples.json',
    policy: './policy.json',
  },
  localStorage,
  { profile: import.meta.env.PROD ? 'production' : 'development' },
);

createRoot(root).render(
  <StrictMode>
    <EchoApp echo={echo} />
  </StrictMode>,
);
