import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { assert } from '../../src/core/assert';
import type { Tables } from '../store/tables';
import { granted, type Permits } from './permits';

/** Shared through tables that PostgreSQL neither logs ahead nor replicates: they are empty after a crash. */
export class PostgresPermits implements Permits {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async salt(minute: number): Promise<string> {
    const salt = randomBytes(16).toString('base64url');
    await this.#db
      .insertInto('rate_salts')
      .values({ minute, salt })
      .onConflict((conflict) => conflict.column('minute').doNothing())
      .execute();
    const row = await this.#db
      .selectFrom('rate_salts')
      .select('salt')
      .where('minute', '=', minute)
      .executeTakeFirst();
    assert(row !== undefined, 'the salt of a minute is there once it was asked for');
    return row.salt;
  }

  async take(minute: number, pseudonym: string, wanted: number, limit: number): Promise<number> {
    const { taken } = await this.#db
      .insertInto('rate_permits')
      .values({ minute, pseudonym, taken: wanted })
      .onConflict((conflict) =>
        conflict
          .columns(['minute', 'pseudonym'])
          .doUpdateSet({ taken: sql`rate_permits.taken + excluded.taken` }),
      )
      .returning('taken')
      .executeTakeFirstOrThrow();
    return granted(taken, wanted, limit);
  }

  async forgetBefore(minute: number): Promise<void> {
    await this.#db.deleteFrom('rate_permits').where('minute', '<', minute).execute();
    await this.#db.deleteFrom('rate_salts').where('minute', '<', minute).execute();
  }

  /** The connections are the store's. */
  async close(): Promise<void> {
    await Promise.resolve();
  }
}
