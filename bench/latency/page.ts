import encoderUrl from '../../models/encoder/encoder.bin?url';
import encoderManifest from '../../models/encoder/manifest.json';
import type { BackendName } from '../../src/compute/backend-memory';
import { createCompute } from '../../src/compute/compute';
import { wasmPaths } from '../../src/compute/wasm-paths';
import { createEcho, type Echo } from '../../src/echo';
import { readEncoderModel } from '../../src/speech/encoder/encoder-model';
import { fetchEncoder } from '../../src/speech/encoder/fetch-encoder';
import behaviourWorker from '../../workers/behaviour.worker.ts?worker&url';
import captureWorklet from '../../workers/capture.worklet.ts?worker&url';
import speechWorker from '../../workers/speech.worker.ts?worker&url';
import vaultWorker from '../../workers/vault.worker.ts?worker&url';
import { timeEncodes } from './encode-timing';

/** The engine on an empty page, driven by the benchmark through `bench`. */

export interface HeardTiming {
  /** From the endpoint (hangover over) to the decision, inside the worker. */
  readonly decisionMs: number;
  readonly outcome: string;
  readonly phrase: string;
}

const echo: Echo = createEcho(
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

const bench = {
  async create(): Promise<void> {
    const created = await echo.vault.create('convenience');
    if (!created.ok) throw new Error(`no vault: ${JSON.stringify(created.error)}`);
  },
  ready: () => echo.state.vault.kind === 'absent',
  state: () => ({ backend: echo.state.backend, tuning: echo.state.tuning, listening: echo.state.listening }),
  async teach(name: string): Promise<number> {
    const files = [...(document.querySelector('input')?.files ?? [])];
    const takes = await echo.phrases.importTakes(files, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const drafts = takes.flatMap((take) => (take.ok ? [take.value.id] : []));
    if (drafts.length === 0) throw new Error(`nothing could be learnt from the recordings of ${name}`);
    const saved = await echo.phrases.save({ name, action: { kind: 'none' }, drafts });
    if (!saved.ok) throw new Error(`${name} was not saved: ${JSON.stringify(saved.error)}`);
    return drafts.length;
  },
  /** The built-in voices' recordings, phrase by phrase. */
  async teachSamples(): Promise<void> {
    for (const name of new Set(echo.state.samples.map(({ phrase }) => phrase))) {
      const drafts = [];
      for (const { id, phrase, use } of echo.state.samples) {
        if (phrase !== name || use !== 'teach') continue;
        const take = await echo.phrases.sampleTake(id);
        if (take.ok) drafts.push(take.value.id);
      }
      const saved = await echo.phrases.save({ name, action: { kind: 'none' }, drafts });
      if (!saved.ok) throw new Error(`${name} was not saved: ${JSON.stringify(saved.error)}`);
    }
  },
  /** One after another, each answered before the next; how many were accepted, and heard by the encoder too. */
  async saySamples(count: number): Promise<{ accepted: number; encoded: number }> {
    const said = echo.state.samples.filter(({ use }) => use === 'say');
    let accepted = 0;
    let encoded = 0;
    for (let turn = 0; turn < count; turn += 1) {
      const before = echo.state.history[0]?.id;
      await echo.talk.saySample(said[turn % said.length]?.id ?? '');
      while (echo.state.history[0]?.id === before) await new Promise((resolve) => setTimeout(resolve, 1));
      const recognition = echo.state.history[0]?.recognition;
      if (recognition?.outcome === 'accepted') accepted += 1;
      if (recognition?.scorers.includes('encoder')) encoded += 1;
      // Nobody says thirty things a second: what is to be stored is let catch up before it becomes what is measured.
      const [newest] = echo.state.history;
      if (turn % 25 === 24 && newest !== undefined) await echo.talk.explain(newest.id);
    }
    return { accepted, encoded };
  },
  async tensors(): Promise<{ readonly tensors: number; readonly bytes: number } | undefined> {
    await echo.learning.refreshMemory();
    return echo.state.memory?.tensors;
  },
  handsFree: () => echo.talk.start('hands-free'),
  stop: () => echo.talk.stop(),
  heard: (): HeardTiming[] =>
    echo.state.history.map(({ recognition, phraseId }) => ({
      decisionMs: recognition.decisionMs,
      outcome: recognition.outcome,
      phrase: echo.state.phrases.find(({ id }) => id === phraseId)?.name ?? '',
    })),
  async correct(): Promise<number> {
    const [newest] = echo.state.history;
    const [phrase] = echo.state.phrases;
    if (newest === undefined || phrase === undefined) throw new Error('there is nothing to correct');
    const startedAt = performance.now();
    const report = await echo.talk.correct(newest.id, { kind: 'phrase', phraseId: phrase.id });
    if (!report.ok) throw new Error(`the correction failed: ${JSON.stringify(report.error)}`);
    return performance.now() - startedAt;
  },
  /** Milliseconds from asking for the file, which the browser has, to weights that are checked and tried on WASM. */
  async load(rounds: number): Promise<number[]> {
    const compute = createCompute({ wasmPaths });
    await compute.start('wasm');
    const timesMs: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const startedAt = performance.now();
      const bytes = await fetchEncoder(encoderUrl);
      const model = bytes.ok ? await readEncoderModel(encoderManifest, bytes.value) : bytes;
      if (!model.ok) throw new Error(`no encoder: ${JSON.stringify(model.error)}`);
      const loaded = await compute.loadEncoder(model.value.weights);
      if (!loaded.ok) throw new Error(`no backend: ${JSON.stringify(loaded.error)}`);
      // The first brings the file into the cache.
      if (round > 0) timesMs.push(performance.now() - startedAt);
    }
    return timesMs;
  },
  /** Milliseconds of single encodes of 1 s, in this browser but without the engine around them. */
  async encode(backend: BackendName): Promise<number[]> {
    const bytes = await fetchEncoder(encoderUrl);
    const model = bytes.ok ? await readEncoderModel(encoderManifest, bytes.value) : bytes;
    if (!model.ok) throw new Error(`no encoder: ${JSON.stringify(model.error)}`);
    return timeEncodes(backend, model.value.weights, wasmPaths);
  },
};

export type LatencyBench = typeof bench;

Object.assign(globalThis, { bench });
