import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/core/clock';
import { newId, type UserId } from '../../../src/core/ids';
import { epochMs, monotonicMs } from '../../../src/core/units';
import { LearningDataManager } from '../../../src/vault/learning-data/learning-data-manager';
import { Vault } from '../../../src/vault/vault';
import { learningOf, rawRows } from './raw-store';
import { DAY_MS, openManager, sampleData } from './sample-learning-data';
import { failed, NOON_MS, worked } from './sample-rows';

/** Ten days of two people, one record a day each, and a first question about each of them. */
async function openWarm() {
  let elapsedMs = 0;
  const clock: Clock = { now: () => epochMs(NOON_MS), monotonic: () => monotonicMs(elapsedMs) };
  const opened = await openManager({ clock });
  const other = newId<UserId>();
  const days = Array.from({ length: 10 }, (_, day) => NOON_MS + day * DAY_MS);
  const data = [opened.userId, other].flatMap((person) =>
    days.map((createdAt) => sampleData(person, { createdAt })),
  );
  await worked(opened.manager.storeLearningData(data));
  const ask = async (userId: UserId) =>
    (await worked(opened.manager.retrieveLearningData({ userId }))).rows.length;
  /** Whether the question was answered from memory alone. */
  const isHit = async (userId: UserId) => {
    const { hits } = await opened.manager.cacheReport();
    await ask(userId);
    return (await opened.manager.cacheReport()).hits > hits;
  };
  await ask(opened.userId);
  await ask(other);
  return { ...opened, other, ask, isHit, pass: (ms: number) => (elapsedMs += ms) };
}

describe('the cache of learning data', () => {
  it('answers the same question from memory, counts that, and says how often it could', async () => {
    const { manager, userId, isHit } = await openWarm();
    expect(await manager.cacheReport()).toMatchObject({ hits: 0, misses: 2, hitRate: 0 });
    expect(await isHit(userId)).toBe(true);
    expect(await isHit(userId)).toBe(true);
    expect(await manager.cacheReport()).toMatchObject({ hits: 2, misses: 2, hitRate: 0.5 });
  });

  it('answers another question about the same days from the opened days', async () => {
    const { manager, userId } = await openWarm();
    await worked(manager.retrieveLearningData({ userId, from: NOON_MS, until: NOON_MS + 5 * DAY_MS }));
    expect(await manager.cacheReport()).toMatchObject({ hits: 1, misses: 2 });
  });

  it('forgets answers after 300 s and opened days after 1,800 s', async () => {
    const { manager, userId, isHit, pass } = await openWarm();
    pass(299_999);
    expect(await isHit(userId)).toBe(true);
    pass(1);
    // The answer is gone, and made again of the days.
    expect(await isHit(userId)).toBe(true);
    pass(1_500_000);
    expect(await isHit(userId)).toBe(false);
    expect((await manager.cacheReport()).misses).toBe(3);
  });

  it('sees a write of its own at once, and keeps what that did not touch', async () => {
    const { manager, userId, other, ask, isHit } = await openWarm();
    await worked(manager.storeLearningData([sampleData(userId)]));
    expect(await isHit(other)).toBe(true);
    expect(await isHit(userId)).toBe(false);
    expect(await ask(userId)).toBe(11);
  });

  it('sees a write of another tab, and one past the manager, at once', async () => {
    const { vault, name, userId, ask } = await openWarm();
    const elsewhere = new Vault({ name });
    await worked(elsewhere.unlock());
    await worked(new LearningDataManager(elsewhere).storeLearningData([sampleData(userId)]));
    expect(await ask(userId)).toBe(11);
    const [row] = (await worked(vault.list('learningData'))).rows.filter((each) => each.userId === userId);
    await worked(vault.write([{ op: 'delete', table: 'learningData', id: row?.id ?? '' }]));
    expect(await ask(userId)).toBe(10);
  });

  it('holds nothing any more once the vault is locked, and answers nothing', async () => {
    const { vault, manager, userId, ask } = await openWarm();
    expect((await manager.cacheReport()).rows).toBeGreaterThan(0);
    await worked(vault.lock());
    expect(await manager.cacheReport()).toMatchObject({ entries: 0, rows: 0 });
    expect(await failed(manager.retrieveLearningData({ userId }))).toEqual({ kind: 'locked' });
    await worked(vault.unlock());
    expect(await ask(userId)).toBe(10);
  });

  it('holds nothing any more once another tab deleted the vault', async () => {
    const { name, manager, userId } = await openWarm();
    const elsewhere = new Vault({ name });
    await worked(elsewhere.unlock());
    await worked(elsewhere.destroy());
    await failed(manager.retrieveLearningData({ userId }));
    expect(await manager.cacheReport()).toMatchObject({ entries: 0, rows: 0 });
  });

  it('never keeps what is confidential', async () => {
    const { manager, userId } = await openManager();
    await worked(manager.storeLearningData([sampleData(userId, { privacyLevel: 'confidential' })]));
    for (let turn = 0; turn < 2; turn += 1) await worked(manager.retrieveLearningData({ userId }));
    expect(await manager.cacheReport()).toMatchObject({ rows: 0, hits: 0, misses: 2 });
  });

  it('can be made smaller at once, and larger again', async () => {
    const { manager, userId, isHit } = await openWarm();
    expect(await manager.resizeCache(12)).toMatchObject({ capacity: 12 });
    expect((await manager.cacheReport()).rows).toBeLessThanOrEqual(12);
    expect(await manager.resizeCache(0)).toMatchObject({ capacity: 0, rows: 0 });
    expect(await isHit(userId)).toBe(false);
    expect(await isHit(userId)).toBe(false);
    await manager.resizeCache(1_000);
    expect(await isHit(userId)).toBe(false);
    expect(await isHit(userId)).toBe(true);
  });

  it('leaves no opened row in the databases', async () => {
    const { name } = await openWarm();
    const rows = await rawRows(learningOf(name), 'learningData');
    expect(rows.every((row) => row['content'] === undefined && row['userId'] === undefined)).toBe(true);
  });
});
