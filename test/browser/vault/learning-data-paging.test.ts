import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId, type UserId } from '../../../src/core/ids';
import { dataPrivacyLevels } from '../../../src/learning/data-privacy-level';
import type { LearningData } from '../../../src/learning/learning-data';
import type { LearningDataManager } from '../../../src/vault/learning-data/learning-data-manager';
import type { LearningDataQuery } from '../../../src/vault/learning-data/learning-store';
import { allPages, DAY_MS, openManager, sampleData } from './sample-learning-data';
import { failed, NOON_MS, worked } from './sample-rows';

const people = [newId<UserId>(), newId<UserId>(), newId<UserId>()] as const;
const types = ['user-interaction', 'correction-received', 'pattern-detected'] as const;
/** Crowded days, neighbours, gaps of a year, and the first day there is. */
const days = [0, 1, 19_000, 19_001, 19_002, 19_400, 20_200] as const;

let manager: LearningDataManager;
let everything: readonly LearningData[];

beforeAll(async () => {
  ({ manager } = await openManager());
  const data = fc.sample(
    fc.record({
      userId: fc.constantFrom(...people.slice(0, 2)),
      dataType: fc.constantFrom(...types),
      privacyLevel: fc.constantFrom(...dataPrivacyLevels),
      qualityScore: fc.constantFrom(0, 0.25, 0.5, 1),
      // Few moments a day, so that many rows share theirs.
      createdAt: fc
        .tuple(fc.constantFrom(...days), fc.constantFrom(0, 1, DAY_MS - 1))
        .map(([day, at]) => day * DAY_MS + at),
    }),
    { numRuns: 300, seed: 7 },
  );
  const ids = await worked(
    manager.storeLearningData(data.map(({ userId, ...rest }) => sampleData(userId, rest))),
  );
  everything = data.map((row, at) => ({
    ...sampleData(row.userId),
    ...row,
    id: ids[at] ?? expect.fail('an id is missing'),
  }));
});

/** What the answer has to be, computed the plain way. */
function expected(query: LearningDataQuery): readonly LearningData[] {
  const rows = everything.filter(
    (row) =>
      (query.userId === undefined || row.userId === query.userId) &&
      (query.dataTypes?.includes(row.dataType) ?? true) &&
      row.createdAt >= (query.from ?? 0) &&
      row.createdAt < (query.until ?? Number.POSITIVE_INFINITY) &&
      row.qualityScore >= (query.minimumQuality ?? 0) &&
      (query.privacyLevels?.includes(row.privacyLevel) ?? true),
  );
  const sorted = [...rows].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return query.order === 'oldest-first' ? sorted : sorted.reverse();
}

const moment = fc
  .tuple(fc.constantFrom(...days), fc.constantFrom(0, 1, 2, DAY_MS - 1, DAY_MS))
  .map(([day, at]) => day * DAY_MS + at);

const anyQuery = fc.record(
  {
    userId: fc.constantFrom(...people),
    dataTypes: fc.subarray([...types, 'never-seen']),
    from: moment,
    until: moment,
    minimumQuality: fc.constantFrom(0, 0.3, 0.5, 1),
    privacyLevels: fc.subarray([...dataPrivacyLevels]),
    limit: fc.constantFrom(1, 2, 3, 7, 50, 299, 300, 301, 1_000),
    order: fc.constantFrom('newest-first' as const, 'oldest-first' as const),
  },
  { requiredKeys: [] },
);

describe('pages of any size', () => {
  it('put together are exactly the matching rows in order, each once, every page but the last full', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, async (query) => {
        const { pages, rows } = await allPages(manager, query);
        expect(rows).toEqual(expected(query));
        const limit = query.limit ?? 100;
        for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
        expect(pages.length).toBe(Math.max(1, Math.ceil(rows.length / limit)));
      }),
      { numRuns: 150 },
    );
  });

  it('are the same without any cache', async () => {
    await manager.resizeCache(0);
    await fc.assert(
      fc.asyncProperty(anyQuery, async (query) => {
        const { rows } = await allPages(manager, { limit: 17, ...query });
        expect(rows).toEqual(expected(query));
      }),
      { numRuns: 40 },
    );
    await manager.resizeCache(5_000);
  });

  it('neither repeat nor skip an older row when rows are added between two of them', async () => {
    const { manager: store, userId } = await openManager();
    const at = (minute: number) => sampleData(userId, { createdAt: NOON_MS + minute * 60_000 });
    const ids = await worked(store.storeLearningData([0, 1, 2, 3, 4].map(at)));
    const first = await worked(store.retrieveLearningData({ userId, limit: 2 }));
    await worked(store.storeLearningData([5, 6].map(at)));
    const second = await worked(
      store.retrieveLearningData({
        userId,
        limit: 10,
        cursor: first.nextCursor ?? expect.fail('no cursor'),
      }),
    );
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([...ids].reverse());
  });
});

describe('retrieveLearningData refuses', () => {
  it.each<[string, object]>([
    ['a limit of none', { limit: 0 }],
    ['more than a page can hold', { limit: 1_001 }],
    ['a person who is no id', { userId: 'anna' }],
    ['a quality beyond 1', { minimumQuality: 2 }],
    ['a condition it does not know', { user: people[0] }],
    ['text that is no cursor', { cursor: 'next' }],
  ])('%s, saying so', async (_, query) => {
    expect(await failed(manager.retrieveLearningData(query))).toMatchObject({ kind: 'invalid-request' });
  });

  it('the cursor of another query', async () => {
    const { nextCursor } = await worked(manager.retrieveLearningData({ limit: 1 }));
    const cursor = nextCursor ?? expect.fail('no cursor');
    expect(await worked(manager.retrieveLearningData({ limit: 2, cursor }))).toBeDefined();
    for (const other of [{ userId: people[0] }, { order: 'oldest-first' as const }, { from: 1 }]) {
      expect(await failed(manager.retrieveLearningData({ ...other, cursor }))).toMatchObject({
        kind: 'invalid-request',
      });
    }
  });
});
