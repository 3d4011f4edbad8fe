import { afterEach, describe, expect, it } from 'vitest';
import { newId, type UserId } from '../../../src/core/ids';
import { epochMs, monotonicMs } from '../../../src/core/units';
import { LearningDataManager } from '../../../src/vault/learning-data/learning-data-manager';
import { Upkeep } from '../../../src/vault/maintenance/upkeep';
import type { VaultEvent } from '../../../src/vault/maintenance/upkeep-state';
import { Vault } from '../../../src/vault/vault';
import { learningOf, putRaw, rawRows } from './raw-store';
import {
  freshVault,
  NOON_MS,
  sampleAudio,
  sampleInteraction,
  sampleNote,
  samplePhrase,
  sampleTake,
  worked,
} from './sample-rows';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const open: Vault[] = [];

afterEach(async () => {
  for (const vault of open.splice(0)) await vault.close();
});

/** A vault at noon on 2025-03-01 whose clock stands still until a test moves it. */
async function keptVault(retentionDays = 365) {
  /** `wrongMs`: how far ahead the calendar is set. */
  const time = { nowMs: NOON_MS, wrongMs: 0 };
  const clock = {
    now: () => epochMs(time.nowMs + time.wrongMs),
    monotonic: () => monotonicMs(time.nowMs - NOON_MS),
  };
  const { vault, name } = freshVault({ clock });
  open.push(vault);
  await worked(vault.create('convenience'));
  const told: VaultEvent[] = [];
  const settings = { retentionDays, rotationDays: 30, intervalMs: HOUR_MS };
  const upkeep = new Upkeep(vault, clock, (event) => told.push(event), settings);
  /** Days go by with Echo open, looked after every hour. */
  const watches = async (ms: number) => {
    for (let left = ms; left > 0; left -= HOUR_MS) {
      time.nowMs += Math.min(HOUR_MS, left);
      await worked(upkeep.round());
    }
  };
  const count = async (table: 'interactions' | 'audio' | 'takes' | 'notes' | 'phrases' | 'learningData') =>
    (await worked(vault.list(table))).rows.length;
  return { vault, name, clock, time, upkeep, told, watches, count };
}

const heard = (heardAt: number) => ({ ...sampleInteraction(), heardAt });

const observed = (createdAt: number) => ({
  userId: newId<UserId>(),
  agentId: 'test',
  dataType: 'user-interaction',
  content: { at: createdAt },
  privacyLevel: 'private' as const,
  createdAt,
});

describe('retention', () => {
  it('deletes what was heard and observed before its days, with the sound, and nothing else', async () => {
    const { vault, upkeep, count, told } = await keptVault(30);
    const [old, young] = [heard(NOON_MS - 31 * DAY_MS), heard(NOON_MS - 30 * DAY_MS)];
    const phrase = { ...samplePhrase(), createdAt: NOON_MS - 900 * DAY_MS };
    const take = { ...sampleTake(phrase.id), recordedAt: NOON_MS - 900 * DAY_MS };
    const note = { ...sampleNote('old'), createdAt: NOON_MS - 900 * DAY_MS };
    await worked(
      vault.write([
        { op: 'put', table: 'interactions', row: old },
        { op: 'put', table: 'interactions', row: young },
        { op: 'put', table: 'audio', row: sampleAudio(old.id) },
        { op: 'put', table: 'audio', row: sampleAudio(young.id) },
        { op: 'put', table: 'audio', row: sampleAudio(take.id) },
        { op: 'put', table: 'phrases', row: phrase },
        { op: 'put', table: 'takes', row: take },
        { op: 'put', table: 'notes', row: note },
      ]),
    );
    const data = new LearningDataManager(vault);
    await worked(data.storeLearningData([observed(NOON_MS - 31 * DAY_MS), observed(NOON_MS)]));
    expect(await worked(upkeep.round())).toMatchObject({ expired: 2 });
    expect((await worked(vault.list('interactions'))).rows).toEqual([young]);
    const sounds = (await worked(vault.list('audio'))).rows.map(({ id }) => id);
    expect(sounds.toSorted()).toEqual([young.id, take.id].toSorted());
    expect(await count('learningData')).toBe(1);
    expect([await count('phrases'), await count('takes'), await count('notes')]).toEqual([1, 1, 1]);
    const { entries } = await worked(vault.auditPage());
    const applied = entries.filter(({ event }) => event === 'retention-applied').map(({ detail }) => detail);
    expect(applied).toEqual([
      { learningData: 0, interactions: 1, sounds: 1 },
      { learningData: 1, interactions: 0, sounds: 0 },
    ]);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'expired' }));
    expect(told.at(-1)).toMatchObject({ kind: 'upkeep', state: { kind: 'idle', last: { expired: 2 } } });
  });

  it('keeps the sound of a take, even if it had the id of an utterance', async () => {
    const { vault, upkeep, count } = await keptVault(30);
    const old = heard(NOON_MS - 40 * DAY_MS);
    const phrase = samplePhrase();
    const take = { ...sampleTake(phrase.id), id: old.id as string as ReturnType<typeof sampleTake>['id'] };
    await worked(
      vault.write([
        { op: 'put', table: 'interactions', row: old },
        { op: 'put', table: 'takes', row: take },
        { op: 'put', table: 'audio', row: sampleAudio(take.id) },
      ]),
    );
    await worked(upkeep.round());
    expect([await count('interactions'), await count('audio')]).toEqual([0, 1]);
  });

  it('works through more rows than one step takes, and leaves those that do not open', async () => {
    const { vault, name, upkeep } = await keptVault(30);
    const rows = Array.from({ length: 450 }, (_, at) => heard(NOON_MS - (40 + (at % 3)) * DAY_MS));
    await worked(vault.write(rows.map((row) => ({ op: 'put', table: 'interactions', row }))));
    const raw = await rawRows(learningOf(name), 'interactions');
    const damaged = raw.filter((_, at) => at % 3 === 0);
    for (const row of damaged) {
      await putRaw(learningOf(name), 'interactions', { ...row, sealed: new Uint8Array(40) });
    }
    expect(await worked(upkeep.round())).toMatchObject({ expired: 450 - damaged.length });
    const { rows: left, quarantined } = await worked(vault.list('interactions'));
    expect([left.length, quarantined.length]).toEqual([0, damaged.length]);
  });

  it('does not believe a day that somebody wrote into the clear column', async () => {
    const { vault, name, upkeep } = await keptVault(30);
    const young = heard(NOON_MS);
    await worked(vault.write([{ op: 'put', table: 'interactions', row: young }]));
    const [row] = await rawRows(learningOf(name), 'interactions');
    await putRaw(learningOf(name), 'interactions', { ...row, day: 3 });
    await worked(upkeep.round());
    expect(await rawRows(learningOf(name), 'interactions')).toHaveLength(1);
  });

  it('deletes nothing for a clock that is a year ahead for hours, and writes the jump down', async () => {
    const { vault, time, watches, count } = await keptVault(30);
    await worked(vault.write([{ op: 'put', table: 'interactions', row: heard(NOON_MS - DAY_MS) }]));
    await watches(HOUR_MS);
    time.wrongMs = 365 * DAY_MS;
    await watches(20 * HOUR_MS);
    expect(await count('interactions')).toBe(1);
    expect((await worked(vault.keyState())).retired).toEqual([]);
    time.wrongMs = 0;
    await watches(HOUR_MS);
    expect(await count('interactions')).toBe(1);
    const { entries } = await worked(vault.auditPage());
    expect(entries.filter(({ event }) => event === 'clock-jumped').map(({ detail }) => detail)).toEqual([
      { direction: 'ahead', days: 365 },
    ]);
  });

  it('follows a clock that stays ahead for a day, also across sessions', async () => {
    const { vault, name, clock, time, watches } = await keptVault(30);
    await worked(vault.write([{ op: 'put', table: 'interactions', row: heard(NOON_MS) }]));
    await watches(HOUR_MS);
    time.wrongMs = 60 * DAY_MS;
    await watches(14 * HOUR_MS);
    const next = new Vault({ name, clock });
    open.push(next);
    await worked(next.unlock());
    const settings = { retentionDays: 30, rotationDays: 30, intervalMs: HOUR_MS };
    const upkeep = new Upkeep(next, clock, () => undefined, settings);
    for (let hour = 0; hour < 12; hour += 1) {
      time.nowMs += HOUR_MS;
      await worked(upkeep.round());
    }
    expect((await worked(next.list('interactions'))).rows).toEqual([]);
  });
});

describe('upkeep', () => {
  it('replaces keys that are due and seals every row anew, with calls answered in between', async () => {
    const { vault, watches, upkeep, told, time } = await keptVault(3_650);
    const notes = Array.from({ length: 120 }, (_, at) => sampleNote(`note ${at}`));
    await worked(vault.write(notes.map((row) => ({ op: 'put', table: 'notes', row }))));
    await watches(29 * HOUR_MS);
    expect((await worked(vault.keyState())).retired).toEqual([]);
    for (let day = 0; day < 29; day += 1) {
      time.nowMs += DAY_MS;
      if (day < 28) await worked(upkeep.round());
    }
    const round = upkeep.round();
    const added = sampleNote('in between');
    await worked(vault.write([{ op: 'put', table: 'notes', row: added }]));
    expect(told.filter(({ kind }) => kind === 'upkeep').length).toBeLessThan(8);
    expect(await worked(round)).toMatchObject({ droppedKeys: 4 });
    const { levels, retired } = await worked(vault.keyState());
    expect(retired).toEqual([]);
    expect(levels.every(({ createdAt }) => createdAt === time.nowMs)).toBe(true);
    expect((await worked(vault.list('notes'))).rows).toHaveLength(121);
    const events = (await worked(vault.auditPage())).entries.map(({ event }) => event);
    expect(events.filter((event) => event === 'key-dropped')).toHaveLength(4);
    expect(await worked(vault.verifyAudit())).toMatchObject({ kind: 'intact' });
  });

  it('stops at once when the vault is locked, tells that it closed, and goes on after it was opened', async () => {
    const { vault, upkeep, told } = await keptVault(30);
    const rows = Array.from({ length: 300 }, () => heard(NOON_MS - 40 * DAY_MS));
    await worked(vault.write(rows.map((row) => ({ op: 'put', table: 'interactions', row }))));
    const round = upkeep.round();
    await worked(vault.lock());
    await round;
    expect(told).toContainEqual({ kind: 'closed' });
    expect(upkeep.state).toEqual({ kind: 'idle', last: undefined });
    await worked(vault.unlock());
    await worked(upkeep.round());
    expect((await worked(vault.list('interactions'))).rows).toEqual([]);
  });

  it('does nothing while it is paused, and nothing before it was told how long data is kept', async () => {
    const { vault, upkeep, clock, count } = await keptVault(30);
    await worked(vault.write([{ op: 'put', table: 'interactions', row: heard(NOON_MS - 40 * DAY_MS) }]));
    upkeep.pause();
    await worked(upkeep.round());
    await worked(new Upkeep(vault, clock, () => undefined).round());
    expect(await count('interactions')).toBe(1);
  });
});
