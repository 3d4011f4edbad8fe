import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { StoreConfig } from '../../../server/config';

/** A kind of store, and how to get an empty one. */
export interface StoreKind {
  readonly name: string;
  /** Why it cannot be had here. */
  readonly missing?: string;
  empty(): Promise<StoreConfig>;
  /** Ends what `empty` made. */
  clear(): Promise<void>;
}

function sqlite(): StoreKind {
  const folders: string[] = [];
  return {
    name: 'SQLite',
    empty: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'claude-echo-endpoint-'));
      folders.push(folder);
      return { kind: 'sqlite', file: join(folder, 'endpoint.sqlite') };
    },
    clear: async () => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgres(): StoreKind {
  const server = inject('postgres');
  return {
    name: 'PostgreSQL',
    ...('reason' in server ? { missing: server.reason } : {}),
    empty: async () => {
      if ('reason' in server) throw new Error(server.reason);
      const name = `t_${randomUUID().replaceAll('-', '')}`;
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return { kind: 'postgres', url: Object.assign(new URL(server.url), { pathname: name }).href };
    },
    // All of them go with the server.
    clear: async () => undefined,
  };
}

/** Every behaviour of the endpoint has to be the same on each. */
export const storeKinds: readonly StoreKind[] = [sqlite(), postgres()];
