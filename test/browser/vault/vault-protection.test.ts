import { describe, expect, it } from 'vitest';
import { Vault } from '../../../src/vault/vault';
import { everyByte, keysOf, learningOf, occurrences, putRaw, rawRows } from './raw-store';
import { failed, freshVault, sampleAudio, sampleNote, samplePhrase, sampleTake, worked } from './sample-rows';

const PASSPHRASE = 'seven silent swans';
const CANARY = 'canary-4b1d-in-the-vault';
const canaryBytes = new TextEncoder().encode(CANARY);

async function vaultWithNote(protection: 'convenience' | 'passphrase') {
  const { vault, name } = freshVault();
  await worked(vault.create(protection, PASSPHRASE));
  const note = sampleNote(CANARY);
  await worked(vault.write([{ op: 'put', table: 'notes', row: note }]));
  return { vault, name, note };
}

describe('a vault with a passphrase', () => {
  it('opens with it in a new session, and with nothing else', async () => {
    const { name, note } = await vaultWithNote('passphrase');
    const later = new Vault({ name });
    for (const guess of [undefined, '', 'seven', 'seven silent swan', 'Seven silent swans']) {
      expect(await failed(later.unlock(guess))).toEqual({ kind: 'wrong-passphrase' });
    }
    expect(await worked(later.status())).toMatchObject({ kind: 'locked', protection: 'passphrase' });
    expect(await failed(later.list('notes'))).toEqual({ kind: 'locked' });
    expect(await worked(later.unlock(PASSPHRASE))).toMatchObject({ kind: 'open', protection: 'passphrase' });
    expect(await worked(later.get('notes', note.id))).toEqual(note);
  });

  it('shows no canary of any table in either database', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('passphrase', PASSPHRASE));
    const phrase = samplePhrase(CANARY);
    const take = sampleTake(phrase.id);
    const sound = { ...sampleAudio(take.id), pcm16: canaryBytes };
    const note = sampleNote(CANARY);
    await worked(
      vault.write([
        { op: 'put', table: 'phrases', row: phrase },
        { op: 'put', table: 'takes', row: take },
        { op: 'put', table: 'audio', row: sound },
        { op: 'put', table: 'notes', row: note },
        {
          op: 'put',
          table: 'models',
          row: { id: 'head', format: 1, trainedAt: 0, description: CANARY, weights: canaryBytes },
        },
      ]),
    );
    await worked(vault.lock());
    const stored = await everyByte(name);
    expect(occurrences(stored, new TextEncoder().encode(note.id))).toBeGreaterThan(0);
    expect(occurrences(stored, canaryBytes)).toBe(0);
    expect(occurrences(stored, new TextEncoder().encode(PASSPHRASE))).toBe(0);
    // The link between a take and its phrase is nobody's business either.
    expect(occurrences(stored, new TextEncoder().encode(phrase.id))).toBe(1);
  });

  it('keeps no key in the browser that would open it', async () => {
    const { name } = await vaultWithNote('passphrase');
    const [slot] = await rawRows(keysOf(name), 'slots');
    expect(slot).toMatchObject({ kind: 'passphrase', kdf: { algorithm: 'argon2id', memoryKiB: 65_536 } });
    expect(Object.values(slot ?? {}).some((value) => value instanceof CryptoKey)).toBe(false);
  });

  it.each([
    ['too short', '1234567'],
    ['absent', undefined],
    ['short once normalised', 'é'.normalize('NFD').repeat(7)],
  ])('is not made when the passphrase is %s', async (_, passphrase) => {
    const { vault } = freshVault();
    expect(await failed(vault.create('passphrase', passphrase))).toEqual({
      kind: 'weak-passphrase',
      minimumLength: 8,
    });
    expect(await worked(vault.status())).toEqual({ kind: 'absent' });
  });

  it('refuses stored parameters below the floor, and other edited ones', async () => {
    const { name } = await vaultWithNote('passphrase');
    const [slot] = await rawRows(keysOf(name), 'slots');
    const kdf = slot?.['kdf'] as Record<string, unknown>;
    const later = new Vault({ name });

    await putRaw(keysOf(name), 'slots', { ...slot, kdf: { ...kdf, memoryKiB: 1_024, iterations: 1 } });
    expect(await failed(later.unlock(PASSPHRASE))).toMatchObject({ kind: 'unavailable' });
    await putRaw(keysOf(name), 'slots', { ...slot, kdf: { ...kdf, memoryKiB: 19 * 1_024, iterations: 2 } });
    expect(await failed(later.unlock(PASSPHRASE))).toEqual({ kind: 'wrong-passphrase' });
    await putRaw(keysOf(name), 'slots', { ...slot, kdf });
    expect(await worked(later.unlock(PASSPHRASE))).toMatchObject({ kind: 'open' });
  });
});

describe('protect', () => {
  it('sets, changes and removes the passphrase without touching a row', async () => {
    const { vault, name, note } = await vaultWithNote('convenience');
    const rowsBefore = await rawRows(learningOf(name), 'notes');
    const opens = async (passphrase: string | undefined) => {
      const session = new Vault({ name });
      const answer = await session.unlock(passphrase);
      return answer.ok && (await worked(session.get('notes', note.id)))?.text === CANARY;
    };
    expect(await opens(undefined)).toBe(true);

    expect(await worked(vault.protect('passphrase', PASSPHRASE))).toMatchObject({ protection: 'passphrase' });
    expect([await opens(undefined), await opens(PASSPHRASE)]).toEqual([false, true]);

    expect(await worked(vault.protect('passphrase', 'another passphrase'))).toMatchObject({ kind: 'open' });
    expect([await opens(PASSPHRASE), await opens('another passphrase')]).toEqual([false, true]);

    expect(await worked(vault.protect('convenience'))).toMatchObject({ protection: 'convenience' });
    expect(await opens(undefined)).toBe(true);
    expect(await rawRows(learningOf(name), 'notes')).toEqual(rowsBefore);
    expect(await rawRows(keysOf(name), 'slots')).toHaveLength(1);
  });

  it('leaves everything as it was when the new passphrase is weak', async () => {
    const { vault, name } = await vaultWithNote('convenience');
    expect(await failed(vault.protect('passphrase', 'short'))).toMatchObject({ kind: 'weak-passphrase' });
    expect(await worked(new Vault({ name }).unlock())).toMatchObject({ protection: 'convenience' });
  });

  it('makes a session that missed the change unlock again before it changes anything', async () => {
    const { vault, name } = await vaultWithNote('convenience');
    const stale = new Vault({ name });
    await worked(stale.unlock());
    await worked(vault.protect('passphrase', PASSPHRASE));
    expect(await failed(stale.protect('convenience'))).toEqual({ kind: 'locked' });
    expect(await worked(stale.status())).toMatchObject({ kind: 'locked', protection: 'passphrase' });
    expect(await worked(stale.unlock(PASSPHRASE))).toMatchObject({ kind: 'open' });
  });
});

describe('destroy', () => {
  it('leaves nothing that decrypts, even where the ciphertext was kept', async () => {
    const { vault, name } = await vaultWithNote('convenience');
    const [sealed] = await rawRows(learningOf(name), 'notes');
    expect(await worked(vault.destroy())).toEqual({ kind: 'absent' });
    const databases = (await indexedDB.databases()).map((database) => database.name);
    expect(databases).not.toContain(keysOf(name));
    expect(databases).not.toContain(learningOf(name));

    await worked(vault.create('convenience'));
    await putRaw(learningOf(name), 'notes', sealed);
    expect(await worked(vault.list('notes'))).toEqual({ rows: [], quarantined: [sealed?.['id']] });
  });

  it('works while locked, and twice', async () => {
    const { vault } = await vaultWithNote('passphrase');
    await worked(vault.lock());
    expect(await worked(vault.destroy())).toEqual({ kind: 'absent' });
    expect(await worked(vault.destroy())).toEqual({ kind: 'absent' });
    expect(await worked(vault.status())).toEqual({ kind: 'absent' });
  });

  it('stops every other session at once: none writes a row that nobody could read', async () => {
    const { vault, name } = await vaultWithNote('convenience');
    const other = new Vault({ name });
    await worked(other.unlock());
    await worked(vault.destroy());
    await worked(vault.create('convenience'));
    const write = other.write([{ op: 'put', table: 'notes', row: sampleNote('late') }]);
    expect(['unavailable', 'locked']).toContain((await failed(write)).kind);
    expect(await rawRows(learningOf(name), 'notes')).toEqual([]);
    expect(await worked(other.status())).toMatchObject({ kind: 'locked', protection: 'convenience' });
  });

  it('stops another session even when its connection outlives the rows', async () => {
    const { vault, name } = await vaultWithNote('convenience');
    await putRaw(learningOf(name), 'owner', { id: 'owner', vaultId: crypto.randomUUID() });
    const write = vault.write([{ op: 'put', table: 'notes', row: sampleNote('late') }]);
    expect(await failed(write)).toEqual({ kind: 'locked' });
    expect(await failed(vault.list('notes'))).toEqual({ kind: 'locked' });
    expect(await rawRows(learningOf(name), 'notes')).toHaveLength(1);
  });
});
