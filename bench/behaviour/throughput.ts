import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NextActionModel } from '../../src/behaviour/habits/next-action-model';
import type { EventLog } from './event-log';
import { momentOf } from './prequential';

export interface Throughput {
  readonly events: number;
  /** Learning alone, and predicting before each. */
  readonly updatesPerSecond: number;
  readonly roundsPerSecond: number;
  /** Heap that the model holds after a tenth of the events, and after all of them. */
  readonly earlyBytes: number;
  readonly lateBytes: number;
  readonly snapshotBytes: number;
}

const MILLISECONDS = 1_000;

/** Everybody's events one after another, over and over, through a single model. */
export function measureThroughput(logs: readonly EventLog[], events: number): Throughput {
  const all = logs.flatMap(({ people }) => people.flat());
  const moments = Array.from({ length: events }, (_, at) => {
    const { action } = all[at % all.length] ?? { action: '' };
    return { action, moment: momentOf(at * 97_000) };
  });
  const updatesMs = timed(() => {
    const model = new NextActionModel();
    for (const { action, moment } of moments) model.learn(action, moment);
  });
  const roundsMs = timed(() => {
    const model = new NextActionModel();
    for (const { action, moment } of moments) {
      model.predict(moment);
      model.learn(action, moment);
    }
  });
  const before = heapBytes();
  const model = new NextActionModel();
  let earlyBytes = 0;
  for (const [at, { action, moment }] of moments.entries()) {
    model.learn(action, moment);
    if (at + 1 === Math.floor(events / 10)) earlyBytes = heapBytes() - before;
  }
  const lateBytes = heapBytes() - before;
  const { saved, weights } = model.save();
  return {
    events,
    updatesPerSecond: (events / updatesMs) * MILLISECONDS,
    roundsPerSecond: (events / roundsMs) * MILLISECONDS,
    earlyBytes,
    lateBytes,
    snapshotBytes: JSON.stringify(saved).length + weights.byteLength,
  };
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
