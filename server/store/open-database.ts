import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CompiledQuery, Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import type { StoreConfig } from '../config';
import type { Dialect } from './migrations';
import type { Tables } from './tables';

export interface Database {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
}

/** Few: reports are counted in groups, one group at a time. */
const MOST_CONNECTIONS = 4;

/** Nothing else runs while a lock is waited for; whoever asked tries again. */
const LOCK_PATIENCE_MS = 500;

/**
 * @param onConnectionLost told when PostgreSQL goes away while nothing is asked of it
 * @throws for SQLite when the file cannot be opened; PostgreSQL is not asked before the first query
 */
export async function openDatabase(
  config: StoreConfig,
  onConnectionLost: (error: Error) => void,
): Promise<Database> {
  return config.kind === 'sqlite' ? openSqlite(config.file) : openPostgres(config.url, onConnectionLost);
}

async function openSqlite(file: string): Promise<Database> {
  const { default: Sqlite } = await import('better-sqlite3').catch((cause: unknown) => {
    throw new Error(
      'The embedded database (better-sqlite3) is not installed for this machine. Run "npm ci" where a C++ compiler is, or set DATABASE_URL to a PostgreSQL database.',
      { cause },
    );
  });
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Sqlite(file, { timeout: LOCK_PATIENCE_MS });
  database.pragma('journal_mode = WAL');
  // The default of WAL may lose the last commits when the power goes; what was acknowledged must not be lost.
  database.pragma('synchronous = FULL');
  return { db: new Kysely<Tables>({ dialect: new SqliteDialect({ database }) }), dialect: 'sqlite' };
}

function openPostgres(connectionString: string, onConnectionLost: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: 3_000,
    query_timeout: 8_000,
    keepAlive: true,
    application_name: 'claude-echo-endpoint',
  });
  // Without these listeners, a connection that breaks would end the process: the first is for idle ones, the second
  // for those that are in use. Whoever waits for an answer hears of it by a rejection as well.
  pool.on('error', onConnectionLost);
  pool.on('connect', (client) => client.on('error', onConnectionLost));
  const dialect = new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(
        CompiledQuery.raw(
          "set synchronous_commit = on; set statement_timeout = '5s'; set idle_in_transaction_session_timeout = '5s'",
        ),
      );
    },
  });
  return { db: new Kysely<Tables>({ dialect }), dialect: 'postgres' };
}
