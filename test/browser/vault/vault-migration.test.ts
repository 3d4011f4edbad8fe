import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import type { TableName } from '../../../src/learning/records';
import { Vault } from '../../../src/vault/vault';
import { keysOf, learningOf, rawRows } from './raw-store';
import { failed, freshVault, sampleNote, worked } from './sample-rows';
import {
  makeVersion1ConvenienceVault,
  makeVersion1Vault,
  PASSPHRASE_OF_FIXTURE,
  rowsOfFixture,
} from './version-1-vault';

const byId = (rows: readonly unknown[]) =>
  [...(rows as readonly { readonly id: string }[])].sort((a, b) => (a.id < b.id ? -1 : 1));

async function expectEveryRow(vault: Vault): Promise<void> {
  for (const [table, rows] of Object.entries(rowsOfFixture)) {
    const { rows: found, quarantined } = await worked(vault.list(table as TableName));
    expect(quarantined).toEqual([]);
    expect(byId(found)).toEqual(byId(rows));
  }
}

async function sealAnew(vault: Vault): Promise<void> {
  while ((await worked(vault.rotationStep())).isMore);
}

describe('a vault of version 1', () => {
  it('opens with its passphrase, and every row is there, also after they were all sealed anew', async () => {
    const { vault, name } = freshVault();
    await makeVersion1Vault(name);
    expect(await worked(vault.status())).toMatchObject({ kind: 'locked', protection: 'passphrase' });
    expect(await failed(vault.unlock('not its passphrase'))).toEqual({ kind: 'wrong-passphrase' });
    const counts = Object.fromEntries(
      Object.entries(rowsOfFixture).map(([table, { length }]) => [table, length]),
    );
    expect(await worked(vault.unlock(PASSPHRASE_OF_FIXTURE))).toMatchObject({ kind: 'open', counts });
    await expectEveryRow(vault);
    await worked(vault.write([{ op: 'put', table: 'notes', row: sampleNote('new') }]));
    expect((await worked(vault.list('notes'))).rows).toHaveLength(Number(counts['notes']) + 1);
    await worked(vault.write([{ op: 'delete', table: 'notes', id: (await latestNote(vault)).id }]));

    await sealAnew(vault);
    const formats = new Set<unknown>();
    for (const table of Object.keys(rowsOfFixture)) {
      for (const row of await rawRows(learningOf(name), table)) formats.add(row['format']);
    }
    expect(formats).toEqual(new Set([2]));
    expect(new Set((await rawRows(keysOf(name), 'dataKeys')).map((key) => key['state']))).toEqual(
      new Set(['active']),
    );
    const later = new Vault({ name });
    await worked(later.unlock(PASSPHRASE_OF_FIXTURE));
    await expectEveryRow(later);
  });

  it('in convenience mode opens by itself, and keeps what was in it', async () => {
    const { vault, name } = freshVault();
    const note = sampleNote('from before');
    await makeVersion1ConvenienceVault(name, note);
    expect(await worked(vault.unlock())).toMatchObject({ kind: 'open', protection: 'convenience' });
    expect(await worked(vault.list('notes'))).toEqual({ rows: [note], quarantined: [] });
    await sealAnew(vault);
    const later = new Vault({ name });
    await worked(later.unlock());
    expect(await worked(later.list('notes'))).toEqual({ rows: [note], quarantined: [] });
    expect((await rawRows(keysOf(name), 'dataKeys')).map((key) => key['format'])).toEqual([2, 2, 2, 2]);
  });

  it('has left a backup that still restores', async () => {
    const text = await commands.readFile('test/fixtures/vaults/v1-backup.echovault', 'base64');
    const file = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const { vault } = freshVault();
    await worked(vault.importBackup(file, PASSPHRASE_OF_FIXTURE));
    await expectEveryRow(vault);
  });
});

async function latestNote(vault: Vault) {
  const { rows } = await worked(vault.list('notes'));
  return rows.find(({ text }) => text === 'new') ?? expect.fail('the note is gone');
}
