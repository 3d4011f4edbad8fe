import { describe, expect, it } from 'vitest';
import { AdaptationMemory } from '../../../src/agents/learning/adaptation-memory';
import { systemClock } from '../../../src/core/clock';
import { ok } from '../../../src/core/result';
import type { StoredModel } from '../../../src/learning/records';

const EMPTY = {
  ledger: { version: 1 as const, adaptations: [], declined: [], kept: [] },
  looked: [],
  forgotten: [],
  operations: [],
};

function vault() {
  const kept: { row: StoredModel | undefined; writes: number; open: () => void } = {
    row: undefined,
    writes: 0,
    open: () => undefined,
  };
  let isSlow = false;
  const memory = new AdaptationMemory(
    {
      get: async () => ok(kept.row as never),
      write: async ([write]) => {
        if (isSlow)
          await new Promise<void>((resolve) => {
            kept.open = resolve;
          });
        kept.writes += 1;
        if (write?.op === 'put' && write.table === 'models') kept.row = write.row;
        return ok(undefined);
      },
    },
    systemClock,
  );
  return {
    kept,
    memory,
    slowly: () => {
      isSlow = true;
    },
    quickly: () => {
      isSlow = false;
    },
  };
}

describe('what adaptation keeps', () => {
  it('comes back as it was', async () => {
    const { memory } = vault();
    const content = { ...EMPTY, looked: ['u1'], forgotten: [['p1', 5] as [string, number]] };
    await memory.save(content);
    expect(await memory.load()).toEqual(ok(content));
  });

  it('is written once for all that changed while it was being written, the newest last', async () => {
    const { memory, kept, slowly, quickly } = vault();
    slowly();
    const first = memory.save({ ...EMPTY, looked: ['first'] });
    await Promise.resolve();
    void memory.save({ ...EMPTY, looked: ['second'] });
    const last = memory.save({ ...EMPTY, looked: ['third'] });
    quickly();
    kept.open();
    await Promise.all([first, last]);
    expect(kept.writes).toBe(2);
    expect(kept.row?.description).toContain('third');
  });

  it.each(['{', '{}', JSON.stringify({ ...EMPTY, more: 1 }), JSON.stringify({ ...EMPTY, looked: [1] })])(
    'is nothing where the row says %s',
    async (description) => {
      const { memory, kept } = vault();
      await memory.save(EMPTY);
      if (kept.row !== undefined) kept.row = { ...kept.row, description };
      expect(await memory.load()).toEqual(ok(undefined));
    },
  );

  it('is nothing where the row has another layout', async () => {
    const { memory, kept } = vault();
    await memory.save(EMPTY);
    if (kept.row !== undefined) kept.row = { ...kept.row, format: 2 };
    expect(await memory.load()).toEqual(ok(undefined));
  });
});
