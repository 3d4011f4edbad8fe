import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/core/clock';
import type { StoredModel } from '../../../../src/learning/records';
import {
  type HeardUtterance,
  PauseLearner,
  type PauseSettings,
} from '../../../../src/speech/listening/pause-learner';
import type { RecordStore } from '../../../../src/vault/vault-types';

/** The one row that matters here. */
function storeOf(rows: Map<string, StoredModel>): RecordStore {
  const store: Partial<RecordStore> = {
    write: async (writes) => {
      for (const write of writes)
        if (write.op === 'put' && write.table === 'models') rows.set(write.row.id, write.row as StoredModel);
      return { ok: true, value: undefined };
    },
    get: (async (_table: string, id: string) => ({ ok: true, value: rows.get(id) })) as RecordStore['get'],
  };
  return store as RecordStore;
}

function learner(settings: PauseSettings, rows = new Map<string, StoredModel>()) {
  const hangovers: number[] = [];
  const pause = new PauseLearner({
    store: storeOf(rows),
    clock: systemClock,
    settings,
    onHangover: (hangoverMs) => hangovers.push(hangoverMs),
    onFailure: () => expect.unreachable(),
  });
  return { pause, hangovers, rows };
}

const heard = (isAccepted: boolean, resumedAfterMs?: number): HeardUtterance => ({
  utterance: { samples: new Float32Array(1_600), endedBy: 'silence' },
  pauses: { pausesMs: [], endedBy: 'silence', ...(resumedAfterMs === undefined ? {} : { resumedAfterMs }) },
  isAccepted,
});
const yes = async () => true;
const no = async () => false;

describe('PauseLearner', () => {
  it('waits longer after it cut the person off, and tells the endpointer', async () => {
    const { pause, hangovers } = learner({ hangoverMs: 300, isLearnt: true });
    await pause.hear(heard(false), yes);
    await pause.hear(heard(false, 600), yes);
    expect(pause.hangoverMs).toBeGreaterThan(350);
    expect(hangovers.at(-1)).toBe(pause.hangoverMs);
    expect(pause.report).toMatchObject({ utterances: 0, cutOffs: 1 });
  });

  it('takes two things that are no phrase together for two things', async () => {
    const { pause } = learner({ hangoverMs: 300, isLearnt: true });
    await pause.hear(heard(false), no);
    await pause.hear(heard(false, 600), no);
    expect(pause.hangoverMs).toBe(300);
    expect(pause.report).toBeUndefined();
  });

  it('takes what follows an accepted utterance, or another request to listen, for the next one', async () => {
    const { pause } = learner({ hangoverMs: 300, isLearnt: true });
    await pause.hear(heard(true), yes);
    await pause.hear(heard(false, 600), yes);
    pause.listen();
    await pause.hear(heard(false, 600), yes);
    expect(pause.report).toMatchObject({ utterances: 1, cutOffs: 0 });
  });

  it('uses the chosen pause as it is while learning is off, and learns nothing then', async () => {
    const { pause } = learner({ hangoverMs: 2_500, isLearnt: false });
    await pause.hear(heard(false), yes);
    await pause.hear(heard(false, 600), yes);
    await pause.hear(heard(true), yes);
    expect(pause.hangoverMs).toBe(2_500);
    expect(pause.report).toBeUndefined();
  });

  it('goes on after a lock from what is in the vault, and knows nothing in between', async () => {
    const { pause } = learner({ hangoverMs: 300, isLearnt: true });
    await pause.load();
    await pause.hear(heard(false), yes);
    await pause.hear(heard(false, 600), yes);
    const { hangoverMs } = pause;
    pause.unload();
    expect(pause.hangoverMs).toBe(300);
    await pause.load();
    expect(pause.hangoverMs).toBe(hangoverMs);
  });

  it('starts anew from another choice', async () => {
    const { pause } = learner({ hangoverMs: 300, isLearnt: true });
    await pause.load();
    await pause.hear(heard(true), yes);
    pause.configure({ hangoverMs: 900, isLearnt: true });
    expect(pause.hangoverMs).toBe(900);
    expect(pause.report).toBeUndefined();
  });

  it('takes a row that it cannot read for none', async () => {
    const { pause, rows } = learner({ hangoverMs: 300, isLearnt: true });
    await pause.load();
    pause.accept(new Float32Array(1_600), undefined);
    const row = [...rows.values()][0] as StoredModel;
    rows.set(row.id, { ...row, description: '{"startMs":300,"learnt":{"version":7}}' });
    await pause.load();
    expect(pause.hangoverMs).toBe(300);
  });
});
