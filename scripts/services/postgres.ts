import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { ensureProgram, onPath } from './debian-packages';
import {
  endService,
  eventually,
  freePort,
  spawnService,
  temporaryFolder,
  unprivilegedOwner,
} from './loopback-service';

/** A PostgreSQL of our own on loopback, in a folder of its own. */
export interface PostgresService {
  readonly kind: 'running';
  /** Address of a new, empty database. */
  newDatabase(): Promise<string>;
  /** Ends as in a crash, with every connection, and starts again: it has to recover from its log. */
  crashAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

export type Unavailable = { readonly kind: 'unavailable'; readonly reason: string };

const DEBIAN = '/usr/lib/postgresql';

function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = versions.map((version) => join(DEBIAN, version, 'bin/postgres'));
  return candidates.find((path) => existsSync(path)) ?? onPath('postgres');
}

export async function startPostgres(): Promise<PostgresService | Unavailable> {
  const program = ensureProgram('postgresql', findPostgres);
  if (program.kind === 'missing') return { kind: 'unavailable', reason: program.reason };
  const owner = unprivilegedOwner('postgres');
  const folder = temporaryFolder('postgres', owner);
  const data = join(folder, 'data');
  execFileSync(
    join(dirname(program.path), 'initdb'),
    ['-D', data, '-U', 'echo', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { stdio: 'ignore', cwd: folder, ...(owner ?? {}) },
  );
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'max_connections=60'];
  const args = ['-D', data, '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])];
  const url = (name: string): string => `postgres://echo@127.0.0.1:${port}/${name}`;
  const run = async (query: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url('postgres') });
    // A server that goes away while we are connected is told by the query.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(query);
    } finally {
      await client.end();
    }
  };
  const start = async () => {
    const child = spawnService(program.path, args, { owner, cwd: folder });
    await eventually(() => run('select 1'));
    return child;
  };
  let child = await start();
  let databases = 0;
  return {
    kind: 'running',
    newDatabase: async () => {
      databases += 1;
      const name = `echo_${databases}_${process.pid}_${Date.now()}`;
      await run(`create database ${name}`);
      return url(name);
    },
    crashAndRestart: async () => {
      await endService(child, 'SIGQUIT');
      child = await start();
    },
    stop: async () => {
      await endService(child, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
