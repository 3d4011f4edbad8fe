import { type Kysely, sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import { assert } from '../../src/core/assert';
import type { Report } from '../../src/insights/protocol/report-batch';
import type { BatchIdentity } from './batch-identity';
import type { Tables } from './tables';

export interface IncomingBatch extends BatchIdentity {
  readonly protocol: number;
  readonly reports: readonly Report[];
}

/** `repeated`: counted before, bytes and all. `reused`: the key came before with another body; nothing is counted. */
export type Counting = 'counted' | 'repeated' | 'reused';

export interface DayCount {
  readonly day: string;
  readonly metric: string;
  readonly answer: number;
  readonly count: number;
}

const DayCountSchema = v.object({
  day: v.pipe(v.string(), v.isoDate()),
  metric: v.string(),
  answer: v.pipe(v.number(), v.integer()),
  count: v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.safeInteger()),
});

/** The tables of the endpoint, on SQLite or PostgreSQL alike. Every method rejects when the database fails. */
export class ReportStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /**
   * Counts a group of batches in one transaction: on return all of it is durable, on rejection either all or none.
   * Asking again with the same batches is always safe.
   *
   * @returns one answer a batch, in their order
   */
  async count(day: string, batches: readonly IncomingBatch[]): Promise<readonly Counting[]> {
    return this.#db.transaction().execute(async (transaction) => {
      const first = new Map<string, IncomingBatch>();
      for (const batch of batches) if (!first.has(batch.id)) first.set(batch.id, batch);
      const fresh = await addBatches(transaction, day, [...first.values()]);
      const known = await fingerprints(
        transaction,
        [...first.keys()].filter((id) => !fresh.has(id)),
      );
      await addCounts(
        transaction,
        day,
        [...fresh].flatMap((id) => first.get(id) ?? []),
      );
      return batches.map((batch) => {
        if (fresh.has(batch.id) && first.get(batch.id) === batch) return 'counted';
        const earlier = fresh.has(batch.id) ? first.get(batch.id)?.fingerprint : known.get(batch.id);
        assert(earlier !== undefined, 'a batch is either new or known');
        return earlier === batch.fingerprint ? 'repeated' : 'reused';
      });
    });
  }

  /** Counts of all versions of the protocol together, from a day on, oldest first. */
  async countsSince(day: string): Promise<readonly DayCount[]> {
    const rows = await this.#db
      .selectFrom('counts')
      .select(['day', 'metric', 'answer'])
      .select((of) => of.fn.sum<number | string>('count').as('count'))
      .where('day', '>=', day)
      .groupBy(['day', 'metric', 'answer'])
      .orderBy('day')
      .orderBy('metric')
      .orderBy('answer')
      .execute();
    return rows.map((row) => v.parse(DayCountSchema, row));
  }

  /** Forgets which batches were counted before a day. One of them would be counted again. */
  async forgetBatchesBefore(day: string): Promise<void> {
    await this.#db.deleteFrom('counted_batches').where('day', '<', day).execute();
  }

  async ping(): Promise<void> {
    await sql`select 1`.execute(this.#db);
  }
}

/** @returns ids of those that were not there. Another transaction that is adding the same one is waited for. */
async function addBatches(
  transaction: Transaction<Tables>,
  day: string,
  batches: readonly IncomingBatch[],
): Promise<ReadonlySet<string>> {
  // In one order everywhere, so that two replicas never wait for each other.
  const rows = batches
    .map(({ id, fingerprint }) => ({ id, fingerprint, day }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const added = await transaction
    .insertInto('counted_batches')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  return new Set(added.map(({ id }) => id));
}

async function fingerprints(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('counted_batches')
    .select(['id', 'fingerprint'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, fingerprint }) => [id, fingerprint]));
}

/** Last in the transaction: every replica writes these few rows, and whoever has written one holds up the others. */
async function addCounts(
  transaction: Transaction<Tables>,
  day: string,
  batches: readonly IncomingBatch[],
): Promise<void> {
  const cells = new Map<string, Tables['counts'] & { readonly count: number }>();
  for (const { protocol, reports } of batches)
    for (const { metric, answer } of reports) {
      const cell = `${protocol} ${metric} ${answer}`;
      const count = 1 + (cells.get(cell)?.count ?? 0);
      cells.set(cell, { day, protocol, metric, answer, count });
    }
  if (cells.size === 0) return;
  const rows = [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await transaction
    .insertInto('counts')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'protocol', 'metric', 'answer'])
        .doUpdateSet({ count: sql`counts.count + excluded.count` }),
    )
    .execute();
}
