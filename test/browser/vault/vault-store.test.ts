import { describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { systemClock } from '../../../src/core/clock';
import type { SealedRecord } from '../../../src/vault/crypto/record-cipher';
import { RowStore } from '../../../src/vault/rows/row-store';
import { Vault } from '../../../src/vault/vault';
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

describe('rows at rest', () => {
  it('carry in the clear only what finding, keeping and decrypting them needs', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    const take = sampleTake(samplePhrase().id);
    await worked(
      vault.write([
        { op: 'put', table: 'takes', row: take },
        { op: 'put', table: 'audio', row: sampleAudio(take.id) },
      ]),
    );
    const [stored] = await rawRows(learningOf(name), 'takes');
    expect(Object.keys(stored ?? {}).sort()).toEqual(
      ['id', 'format', 'keyId', 'version', 'level', 'day', 'tokens', 'iv', 'sealed'].sort(),
    );
    expect(stored).toMatchObject({
      id: take.id,
      format: 2,
      level: 'confidential',
      day: Math.floor(NOON_MS / 86_400_000),
    });
    const [sound] = await rawRows(learningOf(name), 'audio');
    expect(sound?.['day']).toBe(Math.floor(systemClock.now() / 86_400_000));
  });

  it('never have the same version twice, even after deletion', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    const note = sampleNote('again and again');
    const versions = new Set<unknown>();
    for (let round = 0; round < 8; round += 1) {
      await worked(vault.write([{ op: 'put', table: 'notes', row: note }]));
      versions.add((await rawRows(learningOf(name), 'notes'))[0]?.['version']);
      if (round % 2 === 1) await worked(vault.write([{ op: 'delete', table: 'notes', id: note.id }]));
    }
    expect(versions.size).toBe(8);
  });
});

describe('RowStore', () => {
  it('writes nothing at all when one of the rows changed since it was read', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    const [note, other] = [sampleNote('first'), sampleNote('other')];
    await worked(vault.write([{ op: 'put', table: 'notes', row: note }]));
    const [before] = await rawRows(learningOf(name), 'notes');
    const vaultId = String((await rawRows(learningOf(name), 'owner'))[0]?.['vaultId']);
    await worked(vault.write([{ op: 'put', table: 'notes', row: { ...note, text: 'second' } }]));

    const records = await RowStore.open(learningOf(name));
    const late = { ...before, sealed: new Uint8Array(40) } as unknown as SealedRecord;
    const fresh = { table: 'notes', record: { ...late, id: other.id }, replaces: undefined } as const;
    const overtaken = { table: 'notes', record: late, replaces: late.version } as const;
    expect(await records.commit({ vaultId, epoch: 0 }, [fresh, overtaken], [])).toBe(false);
    records.close();
    expect((await worked(vault.list('notes'))).rows).toEqual([{ ...note, text: 'second' }]);
  });
});

describe('a data key', () => {
  it('is replaced before it has encrypted 2^30 rows; what it encrypted stays readable', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    const early = sampleNote('early');
    await worked(vault.write([{ op: 'put', table: 'notes', row: early }]));
    const privateKeys = async () =>
      (await rawRows(keysOf(name), 'dataKeys')).filter((key) => key['level'] === 'private');
    const [first] = await privateKeys();
    await putRaw(keysOf(name), 'dataKeys', { ...first, encryptions: 2 ** 30 - 1 });

    const later = new Vault({ name });
    await worked(later.unlock());
    const late = sampleNote('late');
    await worked(later.write([{ op: 'put', table: 'notes', row: late }]));
    const states = (await privateKeys()).map((key) => key['state']);
    expect(states.sort()).toEqual(['active', 'retired']);
    const keyIds = new Set((await rawRows(learningOf(name), 'notes')).map((row) => row['keyId']));
    expect(keyIds.size).toBe(2);
    // The first session does not know the new key yet and finds it.
    for (const session of [vault, later]) {
      const { rows, quarantined } = await worked(session.list('notes'));
      expect(new Set(rows.map(({ text }) => text))).toEqual(new Set(['early', 'late']));
      expect(quarantined).toEqual([]);
    }
  });

  it('has its encryptions counted before they are done, also across sessions', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    const counted = async () =>
      (await rawRows(keysOf(name), 'dataKeys')).find((key) => key['level'] === 'private')?.['encryptions'];
    const before = Number(await counted());
    expect(before).toBeGreaterThan(0);
    const later = new Vault({ name });
    await worked(later.unlock());
    await worked(later.write([{ op: 'put', table: 'notes', row: sampleNote('counted') }]));
    expect(Number(await counted())).toBeGreaterThan(before);
  });
});

describe('a store that does not open', () => {
  it('because a newer version made it is left alone and reported', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    await worked(vault.write([{ op: 'put', table: 'notes', row: sampleNote('kept') }]));
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(learningOf(name), 990);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    const old = new Vault({ name });
    expect(await failed(old.unlock())).toMatchObject({ kind: 'unavailable' });
    expect(await failed(old.status())).toMatchObject({ kind: 'unavailable' });
    expect(await failed(vault.write([]))).toMatchObject({ kind: 'unavailable' });
    expect(await rawRows(learningOf(name), 'notes')).toHaveLength(1);
  });

  it('because the browser evicted it stops the session: no write goes into an empty store', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    await worked(vault.write([{ op: 'put', table: 'notes', row: sampleNote('lost') }]));
    const session = cdp() as unknown as { send(method: string, parameters: object): Promise<unknown> };
    await session.send('Storage.clearDataForOrigin', {
      origin: location.origin,
      storageTypes: 'indexeddb',
    });
    const write = vault.write([{ op: 'put', table: 'notes', row: sampleNote('too late') }]);
    expect(await failed(write)).toMatchObject({ kind: 'unavailable' });
    expect(await worked(vault.status())).toEqual({ kind: 'absent' });
    expect(await rawRows(learningOf(name), 'notes')).toEqual([]);
  });
});
