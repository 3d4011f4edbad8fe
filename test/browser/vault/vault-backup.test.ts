import { describe, expect, it } from 'vitest';
import { Vault } from '../../../src/vault/vault';
import { learningOf, putRaw, rawRows } from './raw-store';
import { failed, freshVault, sampleAudio, sampleNote, samplePhrase, sampleTake, worked } from './sample-rows';

const PASSPHRASE = 'a box of backups';

async function filledVault() {
  const { vault, name } = freshVault();
  await worked(vault.create('convenience'));
  const phrase = samplePhrase();
  const take = sampleTake(phrase.id);
  const audio = sampleAudio(take.id, 1_500_000);
  await worked(
    vault.write([
      { op: 'put', table: 'phrases', row: phrase },
      { op: 'put', table: 'takes', row: take },
      { op: 'put', table: 'audio', row: audio },
    ]),
  );
  return { vault, name, phrase, take, audio };
}

describe('a backup', () => {
  it('makes a vault where there is none, protected by the passphrase of the backup', async () => {
    const { vault, phrase, take, audio } = await filledVault();
    const file = await worked(vault.exportBackup(PASSPHRASE));
    const { vault: restored, name } = freshVault();
    expect(await worked(restored.importBackup(file, PASSPHRASE))).toMatchObject({
      kind: 'open',
      protection: 'passphrase',
      counts: { phrases: 1, takes: 1, audio: 1, notes: 0 },
    });
    const later = new Vault({ name });
    await worked(later.unlock(PASSPHRASE));
    for (const open of [restored, later]) {
      expect((await worked(open.list('phrases'))).rows).toEqual([phrase]);
      expect((await worked(open.list('takes'))).rows).toEqual([take]);
      const sound = await worked(open.get('audio', audio.id));
      expect(indexedDB.cmp(sound?.pcm16, audio.pcm16)).toBe(0);
    }
  });

  it('replaces everything in an open vault, which keeps its own protection', async () => {
    const { vault, phrase } = await filledVault();
    const file = await worked(vault.exportBackup(PASSPHRASE));
    const { vault: other, name } = freshVault();
    await worked(other.create('convenience'));
    await worked(other.write([{ op: 'put', table: 'notes', row: sampleNote('to be replaced') }]));
    expect(await worked(other.importBackup(file, PASSPHRASE))).toMatchObject({
      protection: 'convenience',
      counts: { phrases: 1, notes: 0 },
    });
    const later = new Vault({ name });
    await worked(later.unlock());
    expect((await worked(later.list('phrases'))).rows).toEqual([phrase]);
  });

  it('leaves rows in quarantine behind, and takes the rest', async () => {
    const { vault, name, audio } = await filledVault();
    const [stored] = await rawRows(learningOf(name), 'phrases');
    await putRaw(learningOf(name), 'phrases', { ...stored, iv: new Uint8Array(12) });
    const file = await worked(vault.exportBackup(PASSPHRASE));
    const { vault: restored } = freshVault();
    await worked(restored.importBackup(file, PASSPHRASE));
    expect(await worked(restored.list('phrases'))).toEqual({ rows: [], quarantined: [] });
    expect(await worked(restored.get('audio', audio.id))).toBeDefined();
  });

  it('is not made under a weak passphrase', async () => {
    const { vault } = await filledVault();
    expect(await failed(vault.exportBackup('short'))).toEqual({ kind: 'weak-passphrase', minimumLength: 8 });
  });
});

describe('importBackup changes nothing', () => {
  const newer = (file: Uint8Array) => {
    const edited = new Uint8Array(file);
    edited[11] = 9;
    return edited;
  };
  const flipped = (file: Uint8Array) => {
    const edited = new Uint8Array(file);
    const middle = edited.length >> 1;
    edited[middle] = (edited[middle] ?? 0) ^ 1;
    return edited;
  };

  it('for files that are damaged, cut, foreign, newer, or under another passphrase', async () => {
    const { vault, name } = await filledVault();
    const file = await worked(vault.exportBackup(PASSPHRASE));
    const before = await rawRows(learningOf(name), 'audio');
    const phrasesBefore = await rawRows(learningOf(name), 'phrases');
    const { vault: absent } = freshVault();
    const bad = (reason: string) => ({ kind: 'bad-backup', reason });
    const attempts: readonly [Uint8Array, string, object][] = [
      [flipped(file), PASSPHRASE, bad('damaged')],
      [file.slice(0, 1_000_000), PASSPHRASE, bad('damaged')],
      [new TextEncoder().encode('{"version": 1}'), PASSPHRASE, bad('not-a-backup')],
      [newer(file), PASSPHRASE, bad('newer-version')],
      [file, 'not the passphrase', { kind: 'wrong-passphrase' }],
    ];
    for (const [bytes, passphrase, error] of attempts) {
      expect(await failed(vault.importBackup(bytes, passphrase))).toEqual(error);
      expect(await failed(absent.importBackup(bytes, passphrase))).toEqual(error);
    }
    expect(await worked(absent.status())).toEqual({ kind: 'absent' });
    expect(indexedDB.cmp(sealedOf(before), sealedOf(await rawRows(learningOf(name), 'audio')))).toBe(0);
    expect(await rawRows(learningOf(name), 'phrases')).toEqual(phrasesBefore);
  });

  it('in a locked vault', async () => {
    const { vault } = await filledVault();
    const file = await worked(vault.exportBackup(PASSPHRASE));
    await worked(vault.lock());
    expect(await failed(vault.importBackup(file, PASSPHRASE))).toEqual({ kind: 'locked' });
  });
});

const sealedOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row['sealed']);
