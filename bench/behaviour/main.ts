import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { type EventLog, EventLogError, readEventLogs } from './event-log';
import { contestants, runPrequential, type Score } from './prequential';
import { measureThroughput } from './throughput';

/**
 * How well the next action is foreseen, on any folder of event logs, beside four simple predictors on the same events.
 *
 *     npm run bench:behaviour -- --data DIR [--people even|odd] [--json FILE]
 *
 * `bench/behaviour/README.md` says how the folder is made.
 */
const THROUGHPUT_EVENTS = 20_000;
const SIMPLE = 4;

function main(): void {
  const data = option('data');
  if (data === undefined) throw new EventLogError('Say where the event logs are: --data DIR');
  const half = option('people');
  const logs = readEventLogs(data).map((log) =>
    half === undefined ? log : halfOf(log, half === 'odd' ? 1 : 0),
  );
  const rows: TidyRow[] = [];
  const summary: TidyRow[] = [];
  for (const log of logs) {
    const scores = contestants.map((create) => ({ name: create().name, score: runPrequential(log, create) }));
    for (const { name, score } of scores) rows.push({ log: log.name, predictor: name, ...score });
    const best = bestOf(scores.slice(0, SIMPLE).map(({ score }) => score));
    const [mine] = scores.slice(SIMPLE).map(({ score }) => score);
    if (mine === undefined) continue;
    summary.push({
      log: log.name,
      people: log.people.length,
      events: mine.events,
      'best simple hit@1': best.hitAt1,
      'hit@1': mine.hitAt1,
      'fewer errors %': 100 * (1 - (1 - mine.hitAt1) / (1 - best.hitAt1)),
      'best simple log loss': best.logLossNats,
      'log loss': mine.logLossNats,
    });
  }
  printTable(rows, [
    'log',
    'predictor',
    'events',
    'hitAt1',
    'hitAt3',
    'hitAt5',
    'reciprocalRank',
    'logLossNats',
  ]);
  console.log('\nBeside the best of the simple ones, each measure by itself:\n');
  printTable(summary, Object.keys(summary[0] ?? {}));
  console.log('\nThe most active person of each log, over and over:\n');
  const throughput = logs.map((log) => measureThroughput(log, THROUGHPUT_EVENTS));
  printTable(throughput, Object.keys(throughput[0] ?? {}));
  writeJsonIfAsked([...rows, ...throughput]);
}

/** Every second person of a log of several; logs of one person stay whole. */
const halfOf = (log: EventLog, parity: number): EventLog =>
  log.people.length === 1 ? log : { ...log, people: log.people.filter((_, at) => at % 2 === parity) };

/** The best of each measure, whoever reached it. */
function bestOf(scores: readonly Score[]): Pick<Score, 'hitAt1' | 'logLossNats'> {
  return {
    hitAt1: Math.max(...scores.map(({ hitAt1 }) => hitAt1)),
    logLossNats: Math.min(...scores.map(({ logLossNats }) => logLossNats)),
  };
}

try {
  main();
} catch (failure) {
  if (!(failure instanceof EventLogError)) throw failure;
  console.error(failure.message);
  process.exitCode = 1;
}
