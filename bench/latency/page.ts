import { createEcho, type Echo } from '../../src/echo';
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
    serviceWorker: undefined,
    samples: './none.json',
    policy: './none.json',
  },
  localStorage,
);

const bench = {
  create: () => echo.vault.create('convenience'),
  ready: () => echo.state.vault.kind === 'absent',
  state: () => ({ backend: echo.state.backend, head: echo.state.head, listening: echo.state.listening }),
  async teach(name: string): Promise<number> {
    const files = [...(document.querySelector('input')?.files ?? [])];
    const takes = await echo.phrases.importTakes(files, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const drafts = takes.flatMap((take) => (take.ok ? [take.value.id] : []));
    await echo.phrases.save({ name, action: { kind: 'none' }, drafts });
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
  async correct(): Promise<number | undefined> {
    const [newest] = echo.state.history;
    const [phrase] = echo.state.phrases;
    if (newest === undefined || phrase === undefined) return undefined;
    const startedAt = performance.now();
    const report = await echo.talk.correct(newest.id, { kind: 'phrase', phraseId: phrase.id });
    return report.ok ? performance.now() - startedAt : undefined;
  },
};

export type LatencyBench = typeof bench;

Object.assign(globalThis, { bench });
