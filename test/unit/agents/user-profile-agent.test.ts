import { describe, expect, it } from 'vitest';
import { type ProfileView, UserProfileAgent } from '../../../src/agents/vault/user-profile-agent';
import { FIRST_SPACE, ProfileDirectory } from '../../../src/config/profile-directory';
import type { PlainStorage } from '../../../src/config/stored-json';
import { systemClock } from '../../../src/core/clock';
import { newId, type UserId } from '../../../src/core/ids';
import { err, ok } from '../../../src/core/result';
import type { RecordOf, TableName } from '../../../src/learning/records';
import type { UserProfile } from '../../../src/learning/user-profile';
import type { RecordStore, VaultError, VaultRows } from '../../../src/vault/vault-types';

/** One device: the plain storage, and a vault a space that holds profiles. */
class Device {
  readonly held = new Map<string, string>();
  readonly vaults = new Map<string, UserProfile[]>();
  readonly log: string[] = [];
  refuses: VaultError | undefined;

  readonly storage: PlainStorage = {
    getItem: (key) => this.held.get(key) ?? null,
    setItem: (key, value) => void this.held.set(key, value),
    removeItem: (key) => void this.held.delete(key),
  };

  /** A fresh start of the page. */
  start(): { readonly agent: UserProfileAgent; readonly shown: () => readonly ProfileView[] } {
    const directory = new ProfileDirectory(this.storage);
    let shown: readonly ProfileView[] = [];
    const agent = new UserProfileAgent({
      vault: this.#vaultOf(directory.current.space),
      clock: systemClock,
      directory,
      storage: this.storage,
      show: (profiles) => {
        shown = profiles;
      },
      startOver: async () => void this.log.push('start over'),
      destroySpace: async (space) => {
        if (this.refuses !== undefined) return err(this.refuses);
        this.vaults.delete(space);
        this.log.push(`destroyed ${space}`);
        return ok(undefined);
      },
      forgetPlain: (space) => void this.log.push(`forgot settings of ${space}`),
    });
    return { agent, shown: () => shown };
  }

  #vaultOf(space: string): RecordStore {
    return {
      list: async <T extends TableName>() =>
        ok({ rows: this.vaults.get(space) ?? [], quarantined: [] } as unknown as VaultRows<T>),
      get: async <T extends TableName>() => ok(undefined as RecordOf<T> | undefined),
      write: async ([write]) => {
        if (this.refuses !== undefined) return err(this.refuses);
        if (write?.op === 'put') this.vaults.set(space, [write.row as UserProfile]);
        return ok(undefined);
      },
    };
  }
}

async function created(agent: UserProfileAgent, name: string): Promise<UserId> {
  const made = agent.createUserProfile({ name, preferences: { language: 'en' } });
  if (!made.ok) throw new Error(made.error.kind);
  return made.value.id;
}

describe('several people on one device', () => {
  it('gives a vault from before there were profiles its first one', async () => {
    const device = new Device();
    const { agent, shown } = device.start();
    const opened = await agent.open();
    expect(opened).toMatchObject({ ok: true, value: { name: '', preferences: {} } });
    expect(device.vaults.get(FIRST_SPACE)).toHaveLength(1);
    expect(shown()).toMatchObject([{ name: '', isCurrent: true }]);
    agent.close();
    expect(agent.profile).toBeUndefined();
  });

  it('keeps the person of a vault when the list outside of it is lost', async () => {
    const device = new Device();
    const first = device.start().agent;
    await first.open();
    await first.rename(first.list()[0]?.id ?? newId<UserId>(), 'Ada');
    const before = first.profile;
    device.held.clear();
    const { agent, shown } = device.start();
    await agent.open();
    expect(agent.profile).toEqual(before);
    expect(shown()).toMatchObject([{ name: 'Ada', isCurrent: true }]);
  });

  it('moves what a new person chose into their vault when it is first opened', async () => {
    const device = new Device();
    const ada = await created(device.start().agent, 'Ada');
    expect([...device.held.values()].join()).toContain('language');
    await device.start().agent.switchTo(ada);
    const { agent } = device.start();
    const opened = await agent.open();
    expect(opened).toMatchObject({
      ok: true,
      value: { id: ada, name: 'Ada', preferences: { language: 'en' } },
    });
    expect([...device.held.values()].join()).not.toContain('language');
    expect(device.vaults.has(FIRST_SPACE)).toBe(false);
  });

  it('switches with a fresh start, and stays put when it is the same person', async () => {
    const device = new Device();
    const { agent, shown } = device.start();
    const ada = await created(agent, 'Ada');
    await agent.switchTo(shown()[0]?.id ?? ada);
    expect(device.log).toEqual([]);
    await agent.switchTo(ada);
    expect(device.log).toEqual(['start over']);
    expect(device.start().shown()).toMatchObject([{ isCurrent: false }, { name: 'Ada', isCurrent: true }]);
  });

  it('renames in the list and in the open vault', async () => {
    const device = new Device();
    const { agent, shown } = device.start();
    await agent.open();
    const id = shown()[0]?.id ?? newId<UserId>();
    expect((await agent.rename(id, ' Grace ')).ok).toBe(true);
    expect(shown()).toMatchObject([{ name: 'Grace' }]);
    expect(device.vaults.get(FIRST_SPACE)).toMatchObject([{ name: 'Grace' }]);
    expect(await agent.rename(id, '  ')).toEqual(err({ kind: 'name-needed' }));
  });

  it('deletes somebody else: the vault first, then what is listed and kept outside of it', async () => {
    const device = new Device();
    const { agent, shown } = device.start();
    const ada = await created(agent, 'Ada');
    expect((await agent.delete(ada)).ok).toBe(true);
    const space = `${FIRST_SPACE}.${ada}`;
    expect(device.log).toEqual([`destroyed ${space}`, `forgot settings of ${space}`]);
    expect(shown()).toHaveLength(1);
    expect([...device.held.keys()].some((key) => key.includes(ada))).toBe(false);
  });

  it('keeps somebody listed whose vault could not be deleted', async () => {
    const device = new Device();
    const { agent, shown } = device.start();
    const ada = await created(agent, 'Ada');
    device.refuses = { kind: 'unavailable', detail: 'blocked' };
    expect(await agent.delete(ada)).toEqual(err({ kind: 'unavailable', detail: 'blocked' }));
    expect(shown().map(({ id }) => id)).toContain(ada);
  });

  it('becomes somebody else’s page when the current person is deleted', async () => {
    const device = new Device();
    const { agent, shown } = device.start();
    await created(agent, 'Ada');
    await agent.delete(shown()[0]?.id ?? newId<UserId>());
    expect(device.log.at(-1)).toBe('start over');
    expect(device.start().shown()).toMatchObject([{ name: 'Ada', isCurrent: true }]);
  });

  it('is as on a new device when the last one is deleted', async () => {
    const device = new Device();
    const { agent, shown } = device.start();
    const id = shown()[0]?.id ?? newId<UserId>();
    await agent.rename(id, 'Ada');
    await agent.delete(id);
    expect(device.log).not.toContain('start over');
    expect(shown()).toMatchObject([{ name: '', isCurrent: true }]);
    expect(device.held.size).toBe(0);
  });

  it('changes preferences only while the vault is open, and keeps the old ones when storing fails', async () => {
    const device = new Device();
    const { agent } = device.start();
    expect(await agent.updatePreferences(() => ({ pace: 'slow' }))).toEqual(err({ kind: 'locked' }));
    await agent.open();
    expect((await agent.updatePreferences((old) => ({ ...old, pace: 'slow' }))).ok).toBe(true);
    device.refuses = { kind: 'quota' };
    expect((await agent.updatePreferences(() => ({}))).ok).toBe(false);
    expect(agent.profile?.preferences).toEqual({ pace: 'slow' });
  });

  it('says so when a person is unknown', async () => {
    const { agent } = new Device().start();
    const stranger = newId<UserId>();
    const unknown = err({ kind: 'unknown-person' });
    expect(await agent.switchTo(stranger)).toEqual(unknown);
    expect(await agent.delete(stranger)).toEqual(unknown);
    expect(await agent.rename(stranger, 'Ada')).toEqual(unknown);
  });
});
