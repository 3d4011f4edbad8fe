import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vault } from '../../../src/vault/vault';
import { keysOf, learningOf, putRaw, type RawRow, rawRows } from './raw-store';
import { failed, freshVault, sampleNote, worked } from './sample-rows';

async function vaultWithTwoNotes() {
  const { vault, name } = freshVault();
  await worked(vault.create('convenience'));
  const [good, bad] = [sampleNote('good'), sampleNote('bad')];
  await worked(vault.write([good, bad].map((row) => ({ op: 'put', table: 'notes', row }))));
  const rows = await rawRows(learningOf(name), 'notes');
  const row = (id: string): RawRow => rows.find((raw) => raw['id'] === id) ?? expect.fail('no such row');
  return { vault, name, good, bad, badRow: row(bad.id), goodRow: row(good.id) };
}

const flipBit = (bytes: unknown, bit: number): Uint8Array => {
  const copy = new Uint8Array(bytes as Uint8Array);
  copy[(bit >> 3) % copy.length] = (copy[(bit >> 3) % copy.length] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe('a row that was tampered with', () => {
  it('is set aside and named, whichever bit was flipped; the others still work', async () => {
    const { vault, name, good, bad, badRow } = await vaultWithTwoNotes();
    await fc.assert(
      fc.asyncProperty(fc.nat(4_095), fc.constantFrom('sealed', 'iv'), async (bit, column) => {
        const edited = { ...badRow, [column]: flipBit(badRow[column], bit) };
        await putRaw(learningOf(name), 'notes', edited);
        expect(await worked(vault.list('notes'))).toEqual({ rows: [good], quarantined: [bad.id] });
        expect(await worked(vault.get('notes', bad.id))).toBeUndefined();
      }),
      { numRuns: 40 },
    );
    await putRaw(learningOf(name), 'notes', badRow);
    expect((await worked(vault.list('notes'))).quarantined).toEqual([]);
  });

  it.each<[string, (row: RawRow, other: RawRow) => RawRow]>([
    ['has the contents of another row', (row, other) => ({ ...other, id: row['id'] })],
    ['claims another key', (row) => ({ ...row, keyId: crypto.randomUUID() })],
    ['claims another version', (row) => ({ ...row, version: Number(row['version']) + 1 })],
    ['claims another level', (row) => ({ ...row, level: 'public' })],
    ['claims another day', (row) => ({ ...row, day: 1 })],
    ['claims an older format', (row) => ({ ...row, format: 1 })],
    ['claims a newer format', (row) => ({ ...row, format: 3 })],
    ['lost a column', ({ iv: _, ...row }) => row],
    ['has a column of another type', (row) => ({ ...row, sealed: 'text' })],
    ['is no row at all', (row) => ({ id: row['id'] })],
  ])('is set aside when it %s', async (_, edit) => {
    const { vault, name, good, bad, badRow, goodRow } = await vaultWithTwoNotes();
    await putRaw(learningOf(name), 'notes', edit(badRow, goodRow));
    expect(await worked(vault.list('notes'))).toEqual({ rows: [good], quarantined: [bad.id] });
  });

  it('is set aside when it was moved to another table', async () => {
    const { vault, name, bad, badRow } = await vaultWithTwoNotes();
    await putRaw(learningOf(name), 'timers', badRow);
    expect(await worked(vault.list('timers'))).toEqual({ rows: [], quarantined: [bad.id] });
  });

  it('can be replaced and deleted like any other', async () => {
    const { vault, name, good, bad, badRow } = await vaultWithTwoNotes();
    await putRaw(learningOf(name), 'notes', { ...badRow, sealed: encode('junk') });
    await worked(vault.write([{ op: 'put', table: 'notes', row: { ...bad, text: 'mended' } }]));
    expect(await worked(vault.get('notes', bad.id))).toMatchObject({ text: 'mended' });
    await putRaw(learningOf(name), 'notes', { id: bad.id });
    await worked(vault.write([{ op: 'delete', table: 'notes', id: bad.id }]));
    expect(await worked(vault.list('notes'))).toEqual({ rows: [good], quarantined: [] });
  });
});

describe('a damaged key', () => {
  it('costs only the rows under it; new rows get a new key', async () => {
    const { name, good, bad } = await vaultWithTwoNotes();
    const dataKeys = await rawRows(keysOf(name), 'dataKeys');
    const damaged = dataKeys.find((key) => key['level'] === 'private');
    const wrapped = damaged?.['wrapped'] as { readonly bytes: Uint8Array };
    await putRaw(keysOf(name), 'dataKeys', {
      ...damaged,
      wrapped: { ...wrapped, bytes: flipBit(wrapped.bytes, 3) },
    });
    const later = new Vault({ name });
    await worked(later.unlock());
    const { rows, quarantined } = await worked(later.list('notes'));
    expect(rows).toEqual([]);
    expect(new Set(quarantined)).toEqual(new Set([good.id, bad.id]));
    const fresh = sampleNote('after the damage');
    await worked(later.write([{ op: 'put', table: 'notes', row: fresh }]));
    expect((await worked(later.list('notes'))).rows).toEqual([fresh]);
  });

  it('of the whole vault is reported, and nothing is deleted', async () => {
    const { name } = await vaultWithTwoNotes();
    const [slot] = await rawRows(keysOf(name), 'slots');
    const masterKey = slot?.['masterKey'] as { readonly bytes: Uint8Array };
    await putRaw(keysOf(name), 'slots', {
      ...slot,
      masterKey: { ...masterKey, bytes: flipBit(masterKey.bytes, 0) },
    });
    const later = new Vault({ name });
    expect(await failed(later.unlock())).toMatchObject({ kind: 'unavailable' });
    expect(await rawRows(learningOf(name), 'notes')).toHaveLength(2);
    await putRaw(keysOf(name), 'slots', slot);
    expect(await worked(later.unlock())).toMatchObject({ kind: 'open' });
  });
});
