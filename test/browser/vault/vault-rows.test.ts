import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/learning/records';
import { Vault } from '../../../src/vault/vault';
import {
  failed,
  freshVault,
  sampleAudio,
  sampleInteraction,
  sampleNote,
  samplePhrase,
  sampleTake,
  sampleTyped,
  worked,
} from './sample-rows';

describe('a vault in convenience mode', () => {
  it('is absent until it is created, and open afterwards', async () => {
    const { vault } = freshVault();
    expect(await worked(vault.status())).toEqual({ kind: 'absent' });
    const status = await worked(vault.create('convenience'));
    expect(status).toMatchObject({ kind: 'open', protection: 'convenience', counts: { phrases: 0 } });
    if (status.kind === 'open') expect(status.quotaBytes).toBeGreaterThan(0);
  });

  it('gives rows of every kind back as they were written, also to a new session', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    const phrase = samplePhrase('烧水');
    const take = sampleTake(phrase.id);
    const audio = sampleAudio(take.id, 32_000);
    const interaction = sampleInteraction();
    const typed = sampleTyped('tea, please');
    const note = sampleNote('buy tea');
    await worked(
      vault.write([
        { op: 'put', table: 'phrases', row: phrase },
        { op: 'put', table: 'takes', row: take },
        { op: 'put', table: 'audio', row: audio },
        { op: 'put', table: 'interactions', row: interaction },
        { op: 'put', table: 'interactions', row: typed },
        { op: 'put', table: 'notes', row: note },
      ]),
    );
    const later = new Vault({ name });
    expect(await worked(later.status())).toMatchObject({ kind: 'locked', protection: 'convenience' });
    await worked(later.unlock());
    for (const open of [vault, later]) {
      expect(await worked(open.list('phrases'))).toEqual({ rows: [phrase], quarantined: [] });
      expect(await worked(open.list('takes'))).toEqual({ rows: [take], quarantined: [] });
      expect(await worked(open.get('audio', audio.id))).toEqual(audio);
      expect(await worked(open.get('interactions', interaction.id))).toStrictEqual(interaction);
      expect(await worked(open.get('interactions', typed.id))).toStrictEqual(typed);
      expect(await worked(open.list('notes'))).toEqual({ rows: [note], quarantined: [] });
    }
  });

  it('hands out audio in a buffer of its own, so that nothing else travels along', async () => {
    const { vault } = freshVault();
    await worked(vault.create('convenience'));
    const audio = sampleAudio(sampleTake(samplePhrase().id).id);
    await worked(vault.write([{ op: 'put', table: 'audio', row: audio }]));
    const read = await worked(vault.get('audio', audio.id));
    expect(read?.pcm16.buffer.byteLength).toBe(audio.pcm16.length);
  });

  it('replaces and deletes rows, the last operation on an id winning', async () => {
    const { vault } = freshVault();
    await worked(vault.create('convenience'));
    const [kept, gone, back] = [sampleNote('first'), sampleNote('second'), sampleNote('third')];
    await worked(vault.write([kept, gone].map((row) => ({ op: 'put', table: 'notes', row }))));
    const changed: Note = { ...kept, text: 'first, changed' };
    await worked(
      vault.write([
        { op: 'put', table: 'notes', row: changed },
        { op: 'delete', table: 'notes', id: gone.id },
        { op: 'delete', table: 'notes', id: back.id },
        { op: 'put', table: 'notes', row: back },
      ]),
    );
    const { rows } = await worked(vault.list('notes'));
    expect(new Set(rows.map((row) => row.text))).toEqual(new Set(['first, changed', 'third']));
  });

  it('keeps the order of writes that were not waited for', async () => {
    const { vault } = freshVault();
    await worked(vault.create('convenience'));
    const note = sampleNote('');
    const texts = Array.from({ length: 20 }, (_, at) => `edit ${at}`);
    await Promise.all(
      texts.map((text) => worked(vault.write([{ op: 'put', table: 'notes', row: { ...note, text } }]))),
    );
    expect(await worked(vault.get('notes', note.id))).toMatchObject({ text: 'edit 19' });
  });

  it('refuses a row that does not fit its schema, and writes nothing of that call', async () => {
    const { vault } = freshVault();
    await worked(vault.create('convenience'));
    const error = await failed(
      vault.write([
        { op: 'put', table: 'notes', row: sampleNote('fine') },
        { op: 'put', table: 'phrases', row: { ...samplePhrase(), name: '' } },
      ]),
    );
    expect(error).toMatchObject({ kind: 'invalid-row', table: 'phrases' });
    expect(await worked(vault.list('notes'))).toEqual({ rows: [], quarantined: [] });
  });

  it('answers "locked" to everything that needs keys while it is locked or absent', async () => {
    const { vault } = freshVault();
    const note = sampleNote('x');
    const refused = async () => {
      expect(await failed(vault.list('notes'))).toEqual({ kind: 'locked' });
      expect(await failed(vault.get('notes', note.id))).toEqual({ kind: 'locked' });
      expect(await failed(vault.write([{ op: 'put', table: 'notes', row: note }]))).toEqual({
        kind: 'locked',
      });
      expect(await failed(vault.protect('convenience'))).toEqual({ kind: 'locked' });
      expect(await failed(vault.exportBackup('long enough'))).toEqual({ kind: 'locked' });
    };
    await refused();
    await worked(vault.create('convenience'));
    expect(await worked(vault.lock())).toMatchObject({ kind: 'locked', protection: 'convenience' });
    await refused();
  });

  it('refuses to create a vault over another', async () => {
    const { vault, name } = freshVault();
    const second = new Vault({ name });
    const answers = await Promise.all([vault.create('convenience'), second.create('convenience')]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await failed(vault.create('convenience'))).toEqual({ kind: 'already-exists' });
  });
});
