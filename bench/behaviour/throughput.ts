import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NextActionModel } from '../../src/behaviour/habits/next-action-model';
import type { EventLog } from './event-log';
import { momentOf } from './prequential';

/** A type and not an interface: it becomes a row of a table. */
export type Throughput = {
  readonly log: string;
  readonly actions: number;
  /** Of processor time, which is what counts on a machine with other work; the median of all rounds. */
  readonly updatesPerSecond: number;
  /** Of the slowest round and the quickest. */
  readonly slowestRound: number;
  readonly quickestRound: number;
  /** Heap that the model holds after a tenth of the events, and after all of them. */
  readonly earlyBytes: number;
  readonly lateBytes: number;
  readonly snapshotBytes: number;
};

const MICROSECONDS = 1_000_000;
/** A machine that others use as well is now fast and now slow. */
const ROUNDS = 7;
/** The time on the wall goes through all hours and days. */
const STEP_MS = 97_000;

/** What the most active person of a log did, over and over, through a single model. */
export function measureThroughput({ name, people }: EventLog, events: number): Throughput {
  const [person = []] = people.toSorted((a, b) => b.length - a.length);
  const lived = Array.from({ length: events }, (_, at) => ({
    action: person[at % person.length]?.action ?? '',
    moment: momentOf(at * STEP_MS),
  }));
  const live = (model: NextActionModel, from: number, to: number): void => {
    for (const { action, moment } of lived.slice(from, to)) model.learn(action, moment);
  };
  // Once, so that the code is compiled when it is timed.
  live(new NextActionModel(), 0, events);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const model = new NextActionModel();
    const startedAt = process.cpuUsage();
    live(model, 0, events);
    return Math.round((events / process.cpuUsage(startedAt).user) * MICROSECONDS);
  }).sort((a, b) => a - b);
  const before = heapBytes();
  const model = new NextActionModel();
  const early = Math.floor(events / 10);
  live(model, 0, early);
  const earlyBytes = heapBytes() - before;
  live(model, early, events);
  const lateBytes = heapBytes() - before;
  const { saved, weights } = model.save();
  return {
    log: name,
    actions: model.slots.count,
    updatesPerSecond: rounds[(ROUNDS - 1) / 2] ?? 0,
    slowestRound: rounds[0] ?? 0,
    quickestRound: rounds.at(-1) ?? 0,
    earlyBytes,
    lateBytes,
    snapshotBytes: JSON.stringify(saved).length + weights.byteLength,
  };
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // What arrays held is let go only after what held them.
  for (let round = 0; round < 3; round += 1) if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
