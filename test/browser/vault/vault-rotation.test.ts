import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/core/clock';
import { systemClock } from '../../../src/core/clock';
import { newId, type UserId } from '../../../src/core/ids';
import { epochMs } from '../../../src/core/units';
import { openDataKey, openMasterKey, type WrappedKey } from '../../../src/vault/crypto/wrapped-key';
import { KeyRotation } from '../../../src/vault/keys/rotation';
import { LearningDataManager } from '../../../src/vault/learning-data/learning-data-manager';
import { Vault, type VaultSession } from '../../../src/vault/vault';
import { keysOf, learningOf, putRaw, rawRows } from './raw-store';
import {
  failed,
  freshVault,
  NOON_MS,
  sampleAudio,
  sampleNote,
  samplePhrase,
  sampleTake,
  worked,
} from './sample-rows';

const DAY_MS = 86_400_000;

/** A calendar that tests turn by hand. */
function turnableClock(): Clock & { turn(days: number): void } {
  let now = NOON_MS;
  return {
    now: () => epochMs(now),
    monotonic: () => systemClock.monotonic(),
    turn: (days) => {
      now += days * DAY_MS;
    },
  };
}

const rotated = async (vault: Vault, rows?: number): Promise<number> => {
  let resealed = 0;
  for (;;) {
    const report = await worked(vault.rotationStep(rows));
    resealed += report.resealed;
    if (!report.isMore) return resealed;
  }
};

async function filledVault(clock: Clock = systemClock, noteCount = 10) {
  const { vault, name } = freshVault({ clock });
  await worked(vault.create('convenience'));
  const notes = Array.from({ length: noteCount }, (_, at) => sampleNote(`note ${at}`));
  const phrase = samplePhrase();
  const take = sampleTake(phrase.id);
  await worked(
    vault.write([
      ...notes.map((row) => ({ op: 'put', table: 'notes', row }) as const),
      { op: 'put', table: 'phrases', row: phrase },
      { op: 'put', table: 'takes', row: take },
      { op: 'put', table: 'audio', row: sampleAudio(take.id) },
    ]),
  );
  return { vault, name, notes, rows: noteCount + 3 };
}

const keyIdsOf = async (name: string, table = 'dataKeys') =>
  (await rawRows(keysOf(name), table)).map((key) => String(key['id']));

const textsOf = async (vault: Vault) => {
  const { rows, quarantined } = await worked(vault.list('notes'));
  expect(quarantined).toEqual([]);
  return new Set(rows.map(({ text }) => text));
};

describe('rotation', () => {
  it('replaces every data key after 30 days, seals all rows anew, and drops the old keys', async () => {
    const clock = turnableClock();
    const { vault, name, notes, rows } = await filledVault(clock);
    const before = await keyIdsOf(name);
    const [storedNote] = await rawRows(learningOf(name), 'notes');
    const [storedAudio] = await rawRows(learningOf(name), 'audio');
    clock.turn(29);
    expect(await rotated(vault)).toBe(0);
    expect(await keyIdsOf(name)).toEqual(before);

    clock.turn(1);
    expect(await rotated(vault, 3)).toBe(rows);
    const after = await keyIdsOf(name);
    expect(after).toHaveLength(4);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
    expect(await textsOf(vault)).toEqual(new Set(notes.map(({ text }) => text)));
    const [noteNow] = await rawRows(learningOf(name), 'notes');
    const [audioNow] = await rawRows(learningOf(name), 'audio');
    expect(noteNow).toMatchObject({ id: storedNote?.['id'], version: Number(storedNote?.['version']) + 1 });
    // The day a row is kept by must not move, or retention would never come to it.
    expect(audioNow?.['day']).toBe(storedAudio?.['day']);
    const state = await worked(vault.keyState());
    expect(state.retired).toEqual([]);
    expect(state.levels.map(({ rotatesAt }) => rotatesAt)).toEqual(Array(4).fill(clock.now() + 30 * DAY_MS));
    const { entries } = await worked(vault.auditPage());
    const events = entries.map(({ event }) => event);
    expect(events.filter((event) => event === 'key-rotated')).toHaveLength(4);
    expect(events.filter((event) => event === 'key-dropped')).toHaveLength(4);
  });

  it('does not wait for ever for a key that was made while the clock was ahead', async () => {
    const clock = turnableClock();
    clock.turn(1_000);
    const { vault, name, rows } = await filledVault(clock);
    const before = await keyIdsOf(name);
    clock.turn(-1_000);
    expect(await rotated(vault)).toBe(rows);
    expect((await keyIdsOf(name)).filter((id) => before.includes(id))).toEqual([]);
  });

  it('comes when it is asked for, and tells how far it is', async () => {
    const { vault } = await filledVault();
    const asked = await worked(vault.rotateKeys());
    expect(asked.retired.map(({ rowsLeft }) => rowsLeft).sort((a, b) => a - b)).toEqual([0, 0, 2, 11]);
    while ((await worked(vault.rotationStep(4))).resealed === 0);
    const left = (await worked(vault.keyState())).retired.reduce((sum, { rowsLeft }) => sum + rowsLeft, 0);
    expect(left).toBeLessThan(13);
    expect(left).toBeGreaterThan(0);
    await rotated(vault);
    expect((await worked(vault.keyState())).retired).toEqual([]);
  });

  it('lets calls through between its steps', async () => {
    const { vault } = await filledVault(systemClock, 60);
    await worked(vault.rotateKeys());
    const ended: string[] = [];
    const note = sampleNote('in between');
    const call = async (what: string, answer: Promise<unknown>) => {
      await answer;
      ended.push(what);
    };
    await Promise.all([
      call('step', vault.rotationStep(2)),
      call('write', vault.write([{ op: 'put', table: 'notes', row: note }])),
      call('step', vault.rotationStep(2)),
      call('read', vault.get('notes', note.id)),
      call('step', vault.rotationStep(2)),
    ]);
    expect(ended).toEqual(['step', 'write', 'step', 'read', 'step']);
  });

  it('leaves a row that does not open with its key, goes on with all others, and tries it again later', async () => {
    const { vault, name, notes, rows } = await filledVault();
    const [damaged, ...whole] = notes;
    const stored = await rawRows(learningOf(name), 'notes');
    const row = stored.find(({ id }) => id === damaged?.id);
    await putRaw(learningOf(name), 'notes', { ...row, iv: new Uint8Array(12) });
    await worked(vault.rotateKeys());
    expect(await rotated(vault, 4)).toBe(rows - 1);
    const state = await worked(vault.keyState());
    expect(state.retired).toEqual([{ keyId: row?.['keyId'], level: 'private', rowsLeft: 1, unreadable: 1 }]);
    expect((await worked(vault.list('notes'))).quarantined).toEqual([damaged?.id]);
    expect(await worked(vault.rotationStep())).toMatchObject({ resealed: 0, isMore: false });

    await putRaw(learningOf(name), 'notes', row);
    const later = new Vault({ name });
    await worked(later.unlock());
    expect(await rotated(later)).toBe(1);
    expect((await worked(later.keyState())).retired).toEqual([]);
    expect(await textsOf(later)).toEqual(new Set([...whole, damaged].map((note) => note?.text)));
  });

  it('never lets another tab write under a key that is gone', async () => {
    const { vault, name } = await filledVault();
    const other = new Vault({ name });
    await worked(other.unlock());
    // From here on it has encryptions to spare, and asks nobody before it uses its key.
    await worked(other.write([{ op: 'put', table: 'notes', row: sampleNote('before') }]));
    await worked(vault.rotateKeys());
    await worked(other.write([{ op: 'put', table: 'notes', row: sampleNote('under the old key') }]));
    await rotated(vault);
    await worked(other.write([{ op: 'put', table: 'notes', row: sampleNote('after the old key') }]));
    const known = await keyIdsOf(name);
    expect(known).toHaveLength(4);
    for (const row of await rawRows(learningOf(name), 'notes')) expect(known).toContain(row['keyId']);
    for (const session of [vault, other]) expect((await textsOf(session)).size).toBe(13);
  });
});

/** Lets the first `calls` calls to the stores through, then fails each: before it happens, or right after. */
function breakingDown(session: VaultSession, calls: number, isAfter: boolean) {
  let left = calls;
  const failing = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          left -= 1;
          if (left < 0 && !isAfter) throw new Error('broke down');
          const answer: unknown = await Reflect.apply(member, target, args);
          if (left < 0) throw new Error('broke down');
          return answer;
        };
      },
    });
  const broken = { ...session, keys: failing(session.keys), rows: failing(session.rows) };
  return {
    ...broken,
    advanceEpoch: async () => ({ ...broken, owner: await broken.rows.advanceEpoch(session.owner) }),
  };
}

describe('a rotation that is broken off', () => {
  it.each([
    ['before', false],
    ['after', true],
  ])(
    '%s any of its calls to the stores goes on where it ended, and every row stays readable',
    async (_, isAfter) => {
      const { vault, name, notes } = await filledVault(systemClock, 5);
      const expected = new Set(notes.map(({ text }) => text));
      const before = await keyIdsOf(name);
      await worked(vault.rotateKeys());
      let broke = 0;
      for (let calls = 0; calls < 24; calls += 1) {
        const answer = await vault.change(async (session) => {
          const rotation = new KeyRotation();
          const broken = breakingDown(session, calls, isAfter);
          for (;;) if (!(await rotation.step(broken, 2)).isMore) return;
        });
        if (!answer.ok) broke += 1;
        // Whoever opens the vault next, in this state, reads everything.
        const next = new Vault({ name });
        await worked(next.unlock());
        expect(await textsOf(next)).toEqual(expected);
        expect((await worked(next.list('audio'))).rows).toHaveLength(1);
        await next.close();
      }
      expect(broke).toBeGreaterThan(10);
      await rotated(vault);
      expect((await worked(vault.keyState())).retired).toEqual([]);
      expect((await keyIdsOf(name)).filter((id) => before.includes(id))).toEqual([]);
      expect(await textsOf(vault)).toEqual(expected);
    },
  );
});

describe('a first passphrase', () => {
  const PASSPHRASE = 'no longer in the clear';

  it('brings keys that nothing on the disk opened before, and seals every row anew', async () => {
    const { vault, name, notes, rows } = await filledVault();
    const [slot] = await rawRows(keysOf(name), 'slots');
    const [header] = await rawRows(keysOf(name), 'header');
    const before = [...(await keyIdsOf(name)), ...(await keyIdsOf(name, 'macKeys'))];
    await worked(vault.protect('passphrase', PASSPHRASE));
    expect(await textsOf(vault)).toEqual(new Set(notes.map(({ text }) => text)));
    expect(await rotated(vault)).toBe(rows);

    const vaultId = String(header?.['vaultId']);
    const oldMaster = await openMasterKey(slot?.['masterKey'] as WrappedKey, slot?.['kek'] as CryptoKey, [
      'slot',
      vaultId,
      1,
      'device',
      '',
    ]);
    const keys = await rawRows(keysOf(name), 'dataKeys');
    expect(keys).toHaveLength(4);
    for (const key of keys) {
      expect(before).not.toContain(key['id']);
      const binding = [
        vaultId,
        2,
        String(key['id']),
        String(key['level']),
        String(key['indexKeyId']),
      ] as const;
      await expect(
        openDataKey(key['wrapped'] as WrappedKey, oldMaster, ['data-key', ...binding]),
      ).rejects.toThrow();
    }
    const later = new Vault({ name });
    expect(await failed(later.unlock())).toEqual({ kind: 'wrong-passphrase' });
    await worked(later.unlock(PASSPHRASE));
    expect(await textsOf(later)).toEqual(new Set(notes.map(({ text }) => text)));
    expect(await worked(later.verifyAudit())).toMatchObject({ kind: 'intact' });
  });

  it('loses no query while rows carry tokens of two index keys', async () => {
    const { vault, name } = freshVault();
    const learning = new LearningDataManager(vault, { cacheCapacity: 0 });
    await worked(vault.create('convenience'));
    const userId = newId<UserId>();
    const data = Array.from({ length: 9 }, (_, at) => ({
      userId,
      agentId: 'conversation',
      dataType: at % 2 === 0 ? 'even' : 'odd',
      content: { at },
      privacyLevel: at % 3 === 0 ? ('confidential' as const) : ('private' as const),
    }));
    await worked(learning.storeLearningData(data));
    const [oldIndex] = (await rawRows(keysOf(name), 'macKeys')).filter((key) => key['use'] === 'index');
    const found = async () => (await worked(learning.retrieveLearningData({ userId }))).rows.length;
    await worked(vault.protect('passphrase', PASSPHRASE));
    await worked(learning.storeLearningData(data));
    expect(await found()).toBe(18);
    for (;;) {
      const report = await worked(vault.rotationStep(2));
      expect(await found()).toBe(18);
      const isOldKept = (await keyIdsOf(name, 'macKeys')).includes(String(oldIndex?.['id']));
      if (!report.isMore) {
        expect(isOldKept).toBe(false);
        break;
      }
      expect(isOldKept).toBe(true);
    }
    const even = await worked(learning.retrieveLearningData({ userId, dataTypes: ['even'] }));
    expect(even.rows).toHaveLength(10);
    expect(await worked(learning.forgetLearningData({ userId }))).toBe(18);
  });

  it('keeps the index key of a row that does not open: mended, it is found at once', async () => {
    const { vault, name } = freshVault();
    const learning = new LearningDataManager(vault, { cacheCapacity: 0 });
    await worked(vault.create('convenience'));
    const userId = newId<UserId>();
    const [id] = await worked(
      learning.storeLearningData([
        { userId, agentId: 'test', dataType: 'x', content: {}, privacyLevel: 'private' },
      ]),
    );
    const [row] = await rawRows(learningOf(name), 'learningData');
    await putRaw(learningOf(name), 'learningData', { ...row, iv: new Uint8Array(12) });
    await worked(vault.protect('passphrase', PASSPHRASE));
    await rotated(vault);
    await putRaw(learningOf(name), 'learningData', row);
    expect((await worked(learning.retrieveLearningData({ userId }))).rows).toMatchObject([{ id }]);
    const later = new Vault({ name });
    await worked(later.unlock(PASSPHRASE));
    expect(await rotated(later)).toBe(1);
    expect(await keyIdsOf(name, 'macKeys')).toHaveLength(5);
    const again = new LearningDataManager(later, { cacheCapacity: 0 });
    expect((await worked(again.retrieveLearningData({ userId }))).rows).toMatchObject([{ id }]);
  });

  it('locks a session that missed it, which takes no row for damaged and writes nothing', async () => {
    const { vault, name } = await filledVault();
    const stale = new Vault({ name });
    await worked(stale.unlock());
    await worked(vault.protect('passphrase', PASSPHRASE));
    await rotated(vault);
    const before = await rawRows(keysOf(name), 'dataKeys');
    expect(await failed(stale.list('notes'))).toEqual({ kind: 'locked' });
    expect(await worked(stale.status())).toMatchObject({ kind: 'locked', protection: 'passphrase' });
    const other = sampleNote('too late');
    expect(await failed(stale.write([{ op: 'put', table: 'notes', row: other }]))).toEqual({
      kind: 'locked',
    });
    expect(await rawRows(keysOf(name), 'dataKeys')).toEqual(before);
    expect((await textsOf(vault)).size).toBe(10);
  });
});
