import { type Kysely, type Migration, type MigrationProvider, Migrator, sql } from 'kysely';
import type { Tables } from './tables';

export type Dialect = 'sqlite' | 'postgres';

/**
 * Each one may only add: during an upgrade replicas of the version before work on the same tables. A migration that
 * was released is never edited.
 */
const migrations = (dialect: Dialect): Readonly<Record<string, Migration>> => ({
  '0001-counts': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('counts')
        .addColumn('day', 'text', (column) => column.notNull())
        .addColumn('protocol', 'integer', (column) => column.notNull())
        .addColumn('metric', 'text', (column) => column.notNull())
        .addColumn('answer', 'integer', (column) => column.notNull().check(sql`answer >= 0`))
        .addColumn('count', 'bigint', (column) => column.notNull().check(sql`count > 0`))
        .addPrimaryKeyConstraint('counts_key', ['day', 'protocol', 'metric', 'answer'])
        .execute();
      await db.schema
        .createTable('counted_batches')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('day', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('counted_batches_day').on('counted_batches').column('day').execute();
    },
  },
  '0002-rate-limits': {
    async up(db: Kysely<unknown>) {
      if (dialect === 'sqlite') return;
      await sql`create unlogged table rate_salts (minute bigint primary key, salt text not null)`.execute(db);
      await sql`create unlogged table rate_permits (
        minute bigint not null, pseudonym text not null, taken integer not null, primary key (minute, pseudonym)
      )`.execute(db);
    },
  },
});

const MOST_TRIES = 20;

/**
 * Brings the tables to this version. However many replicas start at once, each migration runs once: PostgreSQL has
 * an advisory lock for it, and in SQLite one writer wins and the others see its work at their next try.
 *
 * @throws when the database was made by a newer version, or cannot be reached
 */
export async function migrate(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const provider: MigrationProvider = { getMigrations: async () => ({ ...migrations(dialect) }) };
  for (let tries = 1; ; tries += 1) {
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error === undefined) return;
    if (tries === MOST_TRIES || dialect === 'postgres' || !isHeldByAnother(error)) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Another process migrates the same file, or has just done so. */
const isHeldByAnother = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && String(error.code).startsWith('SQLITE_BUSY')) ||
    /already exists|UNIQUE constraint failed: kysely_migration/.test(error.message));
