import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../../scripts/build-server';
import { startPostgres } from '../../scripts/services/postgres';
import type { StoreConfig } from '../../server/config';
import { EndpointProcess } from '../../test/faults/endpoint/support/endpoint-process';
import { countedIn } from '../../test/faults/endpoint/support/sender';
import { option, percentile, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { loadFrom } from './load';

/**
 * `npm run bench:server`: how many reports a second the endpoint makes durable, and how long each waits, from 1, 8
 * and 64 devices at once. The baseline commits every batch by itself (`group: 1`). Devices, endpoint and database
 * share this machine; `cpuMicros` is the processor time of the endpoint a report, which depends little on what else
 * runs. `--seconds N` for each row, `--data DIR` for where the databases lie.
 */

interface Setup {
  readonly store: 'SQLite' | 'PostgreSQL';
  readonly replicas: number;
  /** Batches that may share a transaction. */
  readonly group: number;
}

const setups: readonly Setup[] = [
  { store: 'SQLite', replicas: 1, group: 1 },
  { store: 'SQLite', replicas: 1, group: 256 },
  { store: 'PostgreSQL', replicas: 1, group: 1 },
  { store: 'PostgreSQL', replicas: 1, group: 256 },
  { store: 'PostgreSQL', replicas: 3, group: 256 },
];
const DEVICES = [1, 8, 64];
const WARM_UP_MS = 1_000;

const durationMs = 1_000 * Number(option('seconds') ?? 5);
const folder = mkdtempSync(join(option('data') ?? tmpdir(), 'claude-echo-bench-server-'));
const main = await buildServer('dist-bench-server');
const postgres = await startPostgres();
const rows: TidyRow[] = [];

async function measure(setup: Setup, devices: number): Promise<TidyRow | undefined> {
  const { store: name, replicas: count, group } = setup;
  if (name === 'PostgreSQL' && postgres.kind === 'unavailable') return undefined;
  const store: StoreConfig =
    postgres.kind === 'running' && name === 'PostgreSQL'
      ? { kind: 'postgres', url: await postgres.newDatabase() }
      : { kind: 'sqlite', file: join(folder, `${group}-${devices}.sqlite`) };
  const replicas = await Promise.all(
    Array.from({ length: count }, () =>
      EndpointProcess.start(main, store, { ECHO_MOST_IN_GROUP: `${group}` }),
    ),
  );
  const processorSeconds = async (): Promise<number> => {
    const each = await Promise.all(replicas.map((replica) => replica.processorSeconds()));
    return each.reduce((sum, seconds) => sum + seconds, 0);
  };
  const before = await processorSeconds();
  const result = await loadFrom(
    replicas.map(({ url }) => url),
    devices,
    durationMs,
    WARM_UP_MS,
  );
  const usedSeconds = (await processorSeconds()) - before;
  const residents = await Promise.all(replicas.map((replica) => replica.residentBytes()));
  await Promise.all(replicas.map((replica) => replica.end('SIGTERM')));
  const counted = await countedIn(store);
  return {
    store: name,
    replicas: count,
    group,
    devices,
    'reports/s': Math.round(result.perSecond),
    p50Ms: percentile(result.tookMs, 0.5),
    p99Ms: percentile(result.tookMs, 0.99),
    cpuMicros: Math.round((usedSeconds / result.acknowledged) * 1e6),
    'MiB each': Math.round(Math.max(...residents) / 2 ** 20),
    refused: result.others,
    lost: result.acknowledged - counted,
  };
}

try {
  for (const setup of setups)
    for (const devices of DEVICES) {
      const row = await measure(setup, devices);
      if (row !== undefined) rows.push(row);
    }
} finally {
  if (postgres.kind === 'running') await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

if (postgres.kind === 'unavailable') console.log(`Without PostgreSQL: ${postgres.reason}.`);
const columns = [
  'store',
  'replicas',
  'group',
  'devices',
  'reports/s',
  'p50Ms',
  'p99Ms',
  'cpuMicros',
  'MiB each',
  'refused',
  'lost',
];
printTable(rows, columns);
writeJsonIfAsked(rows);
process.exit(rows.every(({ lost }) => lost === 0) ? 0 : 1);
