import { createEcho, type Echo } from '../../src/echo';
import behaviourWorker from '../../workers/behaviour.worker.ts?worker&url';
import captureWorklet from '../../workers/capture.worklet.ts?worker&url';
import speechWorker from '../../workers/speech.worker.ts?worker&url';
import vaultWorker from '../../workers/vault.worker.ts?worker&url';

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
  state: () => ({ backend: echo.state.backend, head: echo.state.head, listening: echo.state.listening }),
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
};

export type LatencyBench = typeof bench;

Object.assign(globalThis, { bench });
