import { describe, expect, it } from 'vitest';
import { LearningGate } from '../../../src/agents/learning/learning-gate';
import type { LearningSystem } from '../../../src/agents/learning/learning-system';
import type { Report } from '../../../src/agents/talk/interaction-reporter';
import { newId, type UserId } from '../../../src/core/ids';
import { ok } from '../../../src/core/result';
import { epochMs } from '../../../src/core/units';
import type { LearningEvent } from '../../../src/events/learning-event';

const reportOf = (subjectId: string): Report => ({
  type: 'correction-received',
  at: epochMs(1_000),
  payload: { userId: newId<UserId>(), subjectId, before: {}, after: {} },
});

/** A gate whose system loads when the test says so, and what the system was told. */
function makeGate() {
  const told: string[] = [];
  const listeners = new Set<(event: LearningEvent) => void>();
  const loads: { readonly succeed: () => void; readonly fail: () => void }[] = [];
  const system = {
    open: () => told.push('open'),
    close: () => told.push('close'),
    end: () => told.push('end'),
    report: ({ payload }: Report) =>
      told.push('subjectId' in payload ? payload.subjectId : payload.interactionType),
    onEvent: (listener: (event: LearningEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    patterns: async () => ok('patterns'),
    downloadLog: () => new Blob(['log']),
  } as unknown as LearningSystem;
  const gate = new LearningGate(
    () =>
      new Promise((resolve, reject) => {
        loads.push({ succeed: () => resolve(system), fail: () => reject(new TypeError('no network')) });
      }),
  );
  const settle = async (how: 'succeed' | 'fail'): Promise<void> => {
    loads.at(-1)?.[how]();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { gate, told, listeners, loads, settle };
}

describe('a learning system that loads late', () => {
  it('does not load before the vault is open', () => {
    const { gate, loads } = makeGate();
    gate.onEvent(() => undefined);
    gate.close();
    expect(loads).toHaveLength(0);
    gate.open();
    expect(loads).toHaveLength(1);
  });

  it('is told in order what happened meanwhile, and once', async () => {
    const { gate, told, loads, settle } = makeGate();
    gate.open();
    gate.report(reportOf('first'));
    gate.report(reportOf('second'));
    await settle('succeed');
    gate.report(reportOf('third'));
    expect(told).toEqual(['open', 'first', 'second', 'third']);
    expect(loads).toHaveLength(1);
  });

  it('stays closed when the vault was locked meanwhile, and hears nothing of what was done in it', async () => {
    const { gate, told, settle } = makeGate();
    gate.open();
    gate.report(reportOf('before the lock'));
    gate.close();
    await settle('succeed');
    expect(told).toEqual([]);
    gate.open();
    gate.close();
    expect(told).toEqual(['open', 'close']);
  });

  it('opens when the vault was locked and opened again meanwhile', async () => {
    const { gate, told, settle } = makeGate();
    gate.open();
    gate.close();
    gate.open();
    await settle('succeed');
    expect(told).toEqual(['open']);
  });

  it('ends at once when the page went away meanwhile', async () => {
    const { gate, told, settle } = makeGate();
    gate.open();
    gate.end();
    await settle('succeed');
    expect(told).toEqual(['end']);
  });

  it('hands events to those who asked for them before, and not to those who left', async () => {
    const { gate, listeners, settle } = makeGate();
    const [stays, leavesBefore, leavesAfter] = [() => undefined, () => undefined, () => undefined];
    gate.onEvent(stays);
    gate.onEvent(leavesBefore)();
    const leave = gate.onEvent(leavesAfter);
    gate.open();
    await settle('succeed');
    expect([...listeners]).toEqual([stays, leavesAfter]);
    leave();
    expect([...listeners]).toEqual([stays]);
  });

  it('keeps calls waiting until it is there', async () => {
    const { gate, settle } = makeGate();
    const [patterns, log] = [gate.patterns(), gate.downloadLog()];
    await settle('succeed');
    expect(await patterns).toEqual(ok('patterns'));
    expect(await (await log).text()).toBe('log');
  });

  it('says when it cannot be loaded, and loses nothing when a later try succeeds', async () => {
    const { gate, told, settle } = makeGate();
    gate.open();
    const patterns = gate.patterns();
    await settle('fail');
    expect(await patterns).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(await gateFails(gate, settle)).toMatchObject({ ok: false, error: { kind: 'not-reverted' } });
    gate.report(reportOf('later'));
    await settle('succeed');
    expect(told).toEqual(['open', 'later']);
  });
});

async function gateFails(gate: LearningGate, settle: (how: 'fail') => Promise<void>) {
  const reverted = gate.revertAdaptation('an adaptation');
  await settle('fail');
  return reverted;
}
