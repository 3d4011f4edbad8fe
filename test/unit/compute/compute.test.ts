import { registerBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { BackendStatus } from '../../../src/compute/backend-status';
import { createCompute } from '../../../src/compute/compute';
import { sabotage, shareRight, smallJob } from './backend-behaviour';

// In Node there is neither WebGL nor WebGPU. This WebGL begins to start and never ends.
registerBackend('webgl', () => new Promise(() => undefined));

const LIMIT_MS = 1_000;

function observed(limitMs = LIMIT_MS) {
  const statuses: BackendStatus[] = [];
  const compute = createCompute({ limitMs, onStatus: (status) => statuses.push(status) });
  return { compute, statuses };
}

describe('createCompute', () => {
  it('has not started before it is asked to', () => {
    expect(observed().compute.status).toEqual({ kind: 'not-started' });
  });

  it('measures every backend, reports the ones that fail, and takes the fastest', async () => {
    const { compute, statuses } = observed();
    const memory = await compute.start('auto');
    expect(statuses[0]).toEqual({ kind: 'measuring' });
    expect(memory?.measurements).toEqual([
      { backend: 'wasm', stepMs: expect.any(Number) },
      { backend: 'cpu', stepMs: expect.any(Number) },
      { backend: 'webgl', failure: 'too-slow' },
      { backend: 'webgpu', failure: 'not-supported' },
    ]);
    const [wasm, cpu] = memory?.measurements ?? [];
    const fastest = (wasm?.stepMs ?? 0) <= (cpu?.stepMs ?? 0) ? 'wasm' : 'cpu';
    expect(memory?.backend).toBe(fastest);
    expect(compute.status).toMatchObject({ kind: 'ready', backend: fastest, wasRemembered: false });
  });

  it('trains while slow backends are still being measured', async () => {
    const { compute, statuses } = observed();
    const started = compute.start('auto');
    const job = smallJob(60);
    const trained = await compute.train([job]);
    expect(trained.ok && trained.value[0] && shareRight(trained.value[0], job)).toBe(1);
    await started;
    expect(statuses.at(-1)).toMatchObject({ kind: 'ready' });
  });

  it('takes the remembered backend without measuring', async () => {
    const memory = await observed().compute.start('auto');
    const { compute, statuses } = observed();
    expect(await compute.start('auto', structuredClone(memory))).toEqual(memory);
    expect(statuses).toEqual([
      { kind: 'ready', backend: memory?.backend, wasRemembered: true, measurements: memory?.measurements },
    ]);
  });

  it('measures when the remembered backend no longer starts', async () => {
    const memory = await observed().compute.start('auto');
    const { compute, statuses } = observed();
    const next = await compute.start('auto', { ...memory, backend: 'webgpu' });
    expect(statuses[0]).toEqual({ kind: 'measuring' });
    expect(next?.backend).not.toBe('webgpu');
  });

  it('takes the preferred backend over the remembered one', async () => {
    const { compute } = observed();
    await compute.start('cpu', await observed().compute.start('auto'));
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'cpu', wasRemembered: false });
  });

  it('is unavailable when no backend counts right, and says so when asked to train', async () => {
    const { compute } = observed();
    await compute.start('auto');
    const restore = [sabotage('wasm'), sabotage('cpu')];
    try {
      expect(await compute.train([smallJob(5)])).toMatchObject({ ok: false, error: { kind: 'no-backend' } });
      expect(compute.status).toMatchObject({ kind: 'unavailable' });
      expect(await compute.measure()).toBeUndefined();
      expect(compute.status).toMatchObject({ kind: 'unavailable' });
    } finally {
      for (const undo of restore) undo();
    }
    expect(await compute.measure()).toBeDefined();
  });

  it('keeps nothing while WASM fails, because its reasons pass', async () => {
    const { compute } = observed();
    const restore = sabotage('wasm');
    try {
      expect(await compute.start('auto')).toBeUndefined();
      expect(compute.status).toMatchObject({ kind: 'ready', backend: 'cpu' });
    } finally {
      restore();
    }
  });

  it('answers training that was aborted before its turn without doing any', async () => {
    const { compute } = observed();
    await compute.start('wasm');
    expect(await compute.train([smallJob(5)], AbortSignal.abort())).toEqual({
      ok: false,
      error: { kind: 'aborted' },
    });
  });
});
