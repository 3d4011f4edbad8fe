import { type Remote, wrap } from 'comlink';
import { describe, expect, it } from 'vitest';
import type { VaultContract } from '../../../src/bridge/vault-contract';
import { vaultWorkerName } from '../../../src/bridge/vault-worker-name';
import { type LearningDataId, newId, type UserId } from '../../../src/core/ids';
import { LearningDataManager } from '../../../src/vault/learning-data/learning-data-manager';
import { RowStore } from '../../../src/vault/rows/row-store';
import { Vault } from '../../../src/vault/vault';
import { everyByte, learningOf, occurrences, putRaw, rawRows } from './raw-store';
import { allPages, DAY_MS, openManager, sampleData } from './sample-learning-data';
import { failed, NOON_MS, worked } from './sample-rows';

const countOf = async (vault: Vault): Promise<number> => {
  const status = await worked(vault.status());
  return status.kind === 'open' ? status.counts.learningData : expect.fail('the vault is not open');
};

describe('learning data', () => {
  it('of 100 people, 1,000 records, is stored and read back unchanged', async () => {
    const { manager, vault } = await openManager();
    const people = Array.from({ length: 100 }, () => newId<UserId>());
    const data = Array.from({ length: 1_000 }, (_, index) =>
      sampleData(people[index % 100] ?? expect.fail(), {
        dataType: 'performance-test',
        content: { index, data: 'test'.repeat(100) },
        createdAt: NOON_MS + index,
      }),
    );
    const ids = await worked(manager.storeLearningData(data));
    expect(new Set(ids).size).toBe(1_000);
    const { rows, nextCursor, quarantined } = await worked(
      manager.retrieveLearningData({ limit: 1_000, order: 'oldest-first' }),
    );
    expect(rows).toEqual(data.map((row, at) => ({ ...row, id: ids[at], qualityScore: 1 })));
    expect([nextCursor, quarantined]).toEqual([undefined, []]);
    expect(await countOf(vault)).toBe(1_000);
    const [person = expect.fail()] = people;
    expect((await worked(manager.retrieveLearningData({ userId: person }))).rows).toHaveLength(10);
  });

  it('gets what was left out: an id, the time and the assessed quality', async () => {
    const { manager, userId } = await openManager();
    const before = Date.now();
    const { createdAt: _, ...data } = sampleData(userId, { content: { action: 'test', result: null } });
    const [id] = await worked(manager.storeLearningData([data]));
    const [row] = (await worked(manager.retrieveLearningData({ userId }))).rows;
    expect(row).toMatchObject({ id, qualityScore: 0.5 });
    expect(row?.createdAt).toBeGreaterThanOrEqual(before);
  });

  it('with the id of a stored record takes its place, under another person and day too', async () => {
    const { manager, vault, userId } = await openManager();
    const other = newId<UserId>();
    const [id] = await worked(manager.storeLearningData([sampleData(userId)]));
    await worked(manager.retrieveLearningData({ userId }));
    const moved = { ...sampleData(other, { createdAt: NOON_MS + 3 * DAY_MS }), id: id as LearningDataId };
    await worked(manager.storeLearningData([moved, sampleData(other)]));
    expect((await worked(manager.retrieveLearningData({ userId }))).rows).toEqual([]);
    expect((await worked(manager.retrieveLearningData({ userId: other }))).rows).toHaveLength(2);
    expect(await countOf(vault)).toBe(2);
  });

  it('says nothing in the clear about whom or what it is, and has no token of another vault', async () => {
    const [first, second] = [await openManager(), await openManager()];
    const { userId } = first;
    for (const { manager } of [first, second]) {
      await worked(manager.storeLearningData([sampleData(userId), sampleData(userId)]));
    }
    const bytes = await everyByte(first.name);
    for (const canary of [userId, 'user-interaction', 'conversation', 'morning', 'success']) {
      expect(occurrences(bytes, new TextEncoder().encode(canary))).toBe(0);
    }
    const tokensIn = async (name: string) =>
      (await rawRows(learningOf(name), 'learningData')).flatMap((row) =>
        (row['tokens'] as Uint8Array[]).map(String),
      );
    const [own, others] = [await tokensIn(first.name), await tokensIn(second.name)];
    expect(new Set(own).size).toBe(2);
    expect(own.filter((token) => others.includes(token))).toEqual([]);
  });
});

describe('a call that stores', () => {
  it('stores nothing when one of its records does not fit, or an id occurs twice, or they are too many', async () => {
    const { manager, vault, name, userId } = await openManager();
    const good = Array.from({ length: 50 }, () => sampleData(userId));
    const id = newId<LearningDataId>();
    const refused = [
      [[...good, sampleData(userId, { qualityScore: 2 })], 'invalid-row'],
      [[...good, sampleData('anna' as UserId)], 'invalid-row'],
      [[...good, { ...good[0], content: { at: new Date() } } as never], 'invalid-row'],
      [[...good, sampleData(userId, { id }), sampleData(userId, { id })], 'invalid-request'],
      [Array.from({ length: 10_001 }, () => sampleData(userId)), 'invalid-request'],
    ] as const;
    for (const [data, kind] of refused) {
      expect(await failed(manager.storeLearningData(data))).toMatchObject({ kind });
    }
    expect(await rawRows(learningOf(name), 'learningData')).toEqual([]);
    expect(await countOf(vault)).toBe(0);
  });

  it('leaves all of it or none of it when the worker is killed in the middle', async () => {
    const space = `claude-echo.${crypto.randomUUID()}`;
    const userId = newId<UserId>();
    const observer = new Vault({ name: space });
    await worked(observer.create('convenience'));
    const batch = Array.from({ length: 400 }, () => sampleData(userId));
    for (let kill = 0; kill < 8; kill += 1) {
      const worker = new Worker(new URL('../../../workers/vault.worker.ts', import.meta.url), {
        type: 'module',
        name: vaultWorkerName(space),
      });
      const vault: Remote<VaultContract> = wrap<VaultContract>(worker);
      await vault.unlock();
      void vault.storeLearningData(batch);
      void vault.storeLearningData(batch);
      await new Promise((resolve) => setTimeout(resolve, kill * 12));
      worker.terminate();
    }
    const manager = new LearningDataManager(observer);
    const { rows, quarantined } = await allPages(manager, { userId, limit: 1_000 });
    expect(rows.length % batch.length).toBe(0);
    expect(quarantined).toEqual([]);
    expect(await countOf(observer)).toBe(rows.length);
    await worked(observer.destroy());
  });
});

describe('RowStore.append', () => {
  it('adds and counts nothing when one of the ids exists', async () => {
    const { manager, vault, name, userId } = await openManager();
    await worked(manager.storeLearningData([sampleData(userId)]));
    const [stored] = await rawRows(learningOf(name), 'learningData');
    const [owner] = await rawRows(learningOf(name), 'owner');
    const rows = await RowStore.open(learningOf(name));
    const fresh = { ...stored, id: newId<LearningDataId>() };
    await expect(rows.append(owner as never, 'learningData', [fresh, stored] as never)).rejects.toThrow();
    rows.close();
    expect(await rawRows(learningOf(name), 'learningData')).toHaveLength(1);
    expect(await countOf(vault)).toBe(1);
  });
});

describe('forgetLearningData', () => {
  it('leaves no row, token or opened copy of a person, and everything of the others', async () => {
    const { manager, vault, name, userId } = await openManager();
    const other = newId<UserId>();
    const days = [0, 1, 40, 400, 401];
    const of = (person: UserId) =>
      days.flatMap((day) => [1, 2].map((at) => sampleData(person, { createdAt: day * DAY_MS + at })));
    await worked(manager.storeLearningData([...of(userId), ...of(other)]));
    await worked(manager.retrieveLearningData({ userId }));
    // Damage does not protect a row from being forgotten.
    const tokensOf = (row: Record<string, unknown>) => (row['tokens'] as Uint8Array[]).map(String);
    const [, damaged] = await rawRows(learningOf(name), 'learningData');
    await putRaw(learningOf(name), 'learningData', { ...damaged, sealed: new Uint8Array(3) });
    const before = await rawRows(learningOf(name), 'learningData');

    expect(await worked(manager.forgetLearningData({ userId }))).toBe(10);

    const left = await rawRows(learningOf(name), 'learningData');
    expect(left).toHaveLength(10);
    const gone = before.filter((row) => left.every(({ id }) => id !== row['id'])).flatMap(tokensOf);
    expect(left.flatMap(tokensOf).filter((token) => gone.includes(token))).toEqual([]);
    expect(await worked(manager.retrieveLearningData({ userId }))).toMatchObject({
      rows: [],
      quarantined: [],
    });
    expect(await countOf(vault)).toBe(10);
    const others = await allPages(manager, { userId: other });
    expect(others.rows.length + others.quarantined.length).toBe(10);
    expect(await worked(manager.forgetLearningData({ userId }))).toBe(0);
  });

  it('forgets single records by id, counting those that were there', async () => {
    const { manager, vault, userId } = await openManager();
    const ids = await worked(manager.storeLearningData([1, 2, 3].map(() => sampleData(userId))));
    await worked(manager.retrieveLearningData({ userId }));
    const [first = expect.fail()] = ids;
    const what = { ids: [first, first, newId<LearningDataId>()] };
    expect(await worked(manager.forgetLearningData(what))).toBe(1);
    const { rows } = await worked(manager.retrieveLearningData({ userId }));
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(ids.slice(1)));
    expect(await countOf(vault)).toBe(2);
  });
});

describe('a damaged record', () => {
  it('is named once, on the page of its day; every other record is on its page', async () => {
    const { manager, name, userId } = await openManager();
    const data = [0, 0, 0, 1, 1, 5, 5, 5].map((day, at) =>
      sampleData(userId, { createdAt: NOON_MS + day * DAY_MS + at }),
    );
    const ids = await worked(manager.storeLearningData(data));
    for (const at of [1, 4, 5]) {
      const row = (await rawRows(learningOf(name), 'learningData')).find(({ id }) => id === ids[at]);
      await putRaw(learningOf(name), 'learningData', { ...row, iv: new Uint8Array(12) });
    }
    const good = [0, 2, 3, 6, 7].map((at) => ids[at]);
    for (const order of ['oldest-first', 'newest-first'] as const) {
      for (const limit of [1, 2, 3, 100]) {
        for (const filter of [{ userId }, { userId, dataTypes: ['user-interaction'] }, {}]) {
          const { rows, quarantined } = await allPages(manager, { ...filter, order, limit });
          expect(rows.map(({ id }) => id)).toEqual(order === 'oldest-first' ? good : [...good].reverse());
          expect([...quarantined].sort()).toEqual([1, 4, 5].map((at) => ids[at]).sort());
        }
      }
    }
  });
});

describe('learningDataStatistics', () => {
  it('sums up everybody, or one person, whatever the number of batches', async () => {
    const { manager, userId } = await openManager();
    const other = newId<UserId>();
    const data = Array.from({ length: 2_100 }, (_, at) =>
      sampleData(at % 3 === 0 ? other : userId, {
        dataType: at % 2 === 0 ? 'even' : 'odd',
        qualityScore: at % 2,
        privacyLevel: at % 3 === 0 ? 'confidential' : 'internal',
        createdAt: NOON_MS + (at % 40) * DAY_MS + at,
      }),
    );
    await worked(manager.storeLearningData(data));
    expect(await worked(manager.learningDataStatistics())).toEqual({
      records: 2_100,
      users: 2,
      averageQuality: 0.5,
      oldestAt: NOON_MS,
      newestAt: NOON_MS + 39 * DAY_MS + 2_079,
      byType: { even: 1_050, odd: 1_050 },
      byPrivacyLevel: { public: 0, internal: 1_400, private: 0, confidential: 700 },
    });
    expect(await worked(manager.learningDataStatistics(other))).toMatchObject({
      records: 700,
      users: 1,
      byType: { even: 350, odd: 350 },
    });
    expect(await worked(manager.learningDataStatistics(newId<UserId>()))).toMatchObject({
      records: 0,
      averageQuality: 0,
      oldestAt: undefined,
    });
    await worked(manager.storeLearningData([sampleData(userId)]));
    expect(await worked(manager.learningDataStatistics())).toMatchObject({ records: 2_101 });
  });
});
