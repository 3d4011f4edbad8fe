import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from '../../../src/core/concurrency-limit';

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('a limit of jobs at one time', () => {
  it('starts no more than it may, and the rest in the order they came', async () => {
    const limit = new ConcurrencyLimit(2);
    const gates = Array.from({ length: 4 }, gate);
    const started: number[] = [];
    const all = gates.map(({ opened }, index) =>
      limit.run(async () => {
        started.push(index);
        await opened;
        return index;
      }),
    );
    await moment();
    expect(started).toEqual([0, 1]);
    expect(limit.load).toBe(4);
    gates[1]?.open();
    await moment();
    expect(started).toEqual([0, 1, 2]);
    for (const { open } of gates) open();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3].map((value) => ({ ok: true, value })));
    expect(limit.load).toBe(0);
  });

  it('frees the place of a job that throws', async () => {
    const limit = new ConcurrencyLimit(1);
    await expect(limit.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limit.run(async () => 1)).toEqual({ ok: true, value: 1 });
  });

  it('lets a job that waits be given up, without starting it', async () => {
    const limit = new ConcurrencyLimit(1);
    const first = gate();
    const running = limit.run(() => first.opened);
    const controller = new AbortController();
    let isStarted = false;
    const waiting = limit.run(async () => {
      isStarted = true;
    }, controller.signal);
    await moment();
    controller.abort();
    expect(await waiting).toEqual({ ok: false, error: { kind: 'aborted' } });
    first.open();
    await running;
    expect(isStarted).toBe(false);
    expect(limit.load).toBe(0);
  });

  it('starts waiting jobs at once when it is widened', async () => {
    const limit = new ConcurrencyLimit(1);
    const gates = [gate(), gate()];
    const all = gates.map(({ opened }) => limit.run(() => opened));
    await moment();
    limit.resize(2);
    gates[1]?.open();
    expect(await all[1]).toEqual({ ok: true, value: undefined });
    gates[0]?.open();
    await all[0];
  });

  it('tells the highest load since it was last asked', async () => {
    const limit = new ConcurrencyLimit(1);
    const gates = [gate(), gate(), gate()];
    const all = gates.map(({ opened }) => limit.run(() => opened));
    await moment();
    for (const { open } of gates) open();
    await Promise.all(all);
    expect(limit.takePeak()).toBe(3);
    expect(limit.takePeak()).toBe(0);
  });
});
