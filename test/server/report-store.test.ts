import type { Kysely } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { batchIdentity } from '../../server/store/batch-identity';
import { migrate } from '../../server/store/migrations';
import { openDatabase } from '../../server/store/open-database';
import { type IncomingBatch, ReportStore } from '../../server/store/report-store';
import type { Tables } from '../../server/store/tables';
import type { Report } from '../../src/insights/protocol/report-batch';
import { no, yes } from './support/batches';
import { storeKinds } from './support/stores';

const DAY = '2026-07-01';

function incoming(key: string, ...reports: readonly Report[]): IncomingBatch {
  return { ...batchIdentity(key, Buffer.from(JSON.stringify(reports))), protocol: 1, reports };
}

describe.each(storeKinds)('counting in $name', ({ name, empty, clear, missing }) => {
  const opened: Kysely<Tables>[] = [];

  async function open(config: Awaited<ReturnType<typeof empty>>): Promise<ReportStore> {
    const { db, dialect } = await openDatabase(config, () => undefined);
    opened.push(db);
    await migrate(db, dialect);
    return new ReportStore(db);
  }

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((db) => db.destroy()));
    await clear();
  });

  const on = test.skipIf(missing !== undefined);

  on('a batch is counted once, and the same again is a repeat', async () => {
    const store = await open(await empty());
    expect(await store.count(DAY, [incoming('a', yes, no, yes)])).toEqual(['counted']);
    expect(await store.count('2026-07-02', [incoming('a', yes, no, yes)])).toEqual(['repeated']);
    expect(await store.countsSince(DAY)).toEqual([
      { day: DAY, metric: 'action-undone', answer: 0, count: 1 },
      { day: DAY, metric: 'action-undone', answer: 1, count: 2 },
    ]);
  });

  on('a key that comes again with another body counts nothing', async () => {
    const store = await open(await empty());
    await store.count(DAY, [incoming('a', yes)]);
    expect(await store.count(DAY, [incoming('a', no), incoming('b', no)])).toEqual(['reused', 'counted']);
    expect((await store.countsSince(DAY)).map(({ count }) => count)).toEqual([1, 1]);
  });

  on('within one group, too, the first of a key counts', async () => {
    const store = await open(await empty());
    const group = [incoming('a', yes), incoming('a', yes), incoming('a', no)];
    expect(await store.count(DAY, group)).toEqual(['counted', 'repeated', 'reused']);
    expect((await store.countsSince(DAY)).map(({ count }) => count)).toEqual([1]);
  });

  on('days are counted apart and read from the one that is asked for', async () => {
    const store = await open(await empty());
    for (const day of ['2026-06-30', '2026-07-01', '2026-07-02'])
      await store.count(day, [incoming(day, yes)]);
    expect((await store.countsSince(DAY)).map(({ day }) => day)).toEqual(['2026-07-01', '2026-07-02']);
  });

  // An embedded database has one process that writes.
  test.skipIf(missing !== undefined || name === 'SQLite')(
    'several replicas that count the same batches at once count each exactly once',
    async () => {
      const config = await empty();
      const stores = await Promise.all([open(config), open(config), open(config)]);
      const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
      const answers = await Promise.all(
        stores.map((store, replica) => {
          const own = replica === 1 ? [...keys].reverse() : keys;
          return store.count(
            DAY,
            own.map((key) => incoming(key, yes)),
          );
        }),
      );
      expect(answers.flat().filter((answer) => answer === 'counted')).toHaveLength(40);
      expect(answers.flat().filter((answer) => answer === 'repeated')).toHaveLength(80);
      expect((await stores[0]?.countsSince(DAY))?.map(({ count }) => count)).toEqual([40]);
    },
  );

  on('a transaction that fails leaves nothing behind', async () => {
    const store = await open(await empty());
    const impossible = { ...incoming('b', yes), reports: [{ metric: 'action-undone' as const, answer: -1 }] };
    await expect(store.count(DAY, [incoming('a', yes), impossible])).rejects.toThrow();
    expect(await store.countsSince(DAY)).toEqual([]);
    expect(await store.count(DAY, [incoming('a', yes)])).toEqual(['counted']);
  });

  on('forgotten batches are old ones only', async () => {
    const store = await open(await empty());
    await store.count('2025-01-01', [incoming('old', yes)]);
    await store.count(DAY, [incoming('new', yes)]);
    await store.forgetBatchesBefore(DAY);
    expect(await store.count(DAY, [incoming('old', yes), incoming('new', yes)])).toEqual([
      'counted',
      'repeated',
    ]);
  });

  on('replicas that start at once run each migration once', async () => {
    const config = await empty();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(config)));
    expect(await Promise.all(stores.map((store) => store.countsSince(DAY)))).toEqual([[], [], [], []]);
  });

  on('nothing is kept but days, counts, and digests that the key alone explains', async () => {
    const config = await empty();
    const store = await open(config);
    await store.count(DAY, [incoming('the key of the device', yes)]);
    const [db] = opened;
    const rows = await db?.selectFrom('counted_batches').selectAll().execute();
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{22}$/),
        fingerprint: expect.stringMatching(/^[\w-]{22}$/),
        day: DAY,
      },
    ]);
    expect(await db?.selectFrom('counts').selectAll().execute()).toEqual([
      { day: DAY, protocol: 1, metric: 'action-undone', answer: 1, count: expect.anything() },
    ]);
  });
});
