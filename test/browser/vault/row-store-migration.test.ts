import { expect, it } from 'vitest';
import { newId, type UserId } from '../../../src/core/ids';
import type { Note } from '../../../src/learning/records';
import { associatedData, randomBytes } from '../../../src/vault/crypto/associated-data';
import { serialiseRow } from '../../../src/vault/crypto/record-cipher';
import { LearningDataManager } from '../../../src/vault/learning-data/learning-data-manager';
import { Vault } from '../../../src/vault/vault';
import { learningOf, rawRows } from './raw-store';
import { sampleData } from './sample-learning-data';
import { freshVault, NOON_MS, sampleNote, worked } from './sample-rows';

const FIRST_TABLES = ['phrases', 'takes', 'audio', 'interactions', 'notes', 'timers', 'models'];
const DAY = Math.floor(NOON_MS / 86_400_000);

/** A note as version 1 of the app stored it: format 1, without tokens. */
async function sealedAsBefore(row: Note, vault: Vault) {
  const key = await worked(vault.read(({ ring }) => ring.sealingKey('private')));
  const header = { id: row.id, keyId: key.id, version: 7, level: 'private', day: DAY };
  const iv = randomBytes(12);
  const additionalData = associatedData('record', [1, 'notes', ...Object.values(header)]);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key.key,
    serialiseRow(row),
  );
  return { ...header, format: 1, iv, sealed: new Uint8Array(sealed) };
}

/** The database of rows as version 1 of the app laid it out. */
async function makeFirstLayout(name: string, vaultId: string, notes: readonly object[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
  await new Promise<void>((resolve, reject) => {
    // Dexie writes its version 1 as 10.
    const request = indexedDB.open(name, 10);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('owner', { keyPath: 'id' });
      for (const table of FIRST_TABLES) {
        const store = request.result.createObjectStore(table, { keyPath: 'id' });
        for (const column of ['keyId', 'day']) store.createIndex(column, column);
      }
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const writing = request.result.transaction(['owner', 'notes'], 'readwrite');
      writing.objectStore('owner').put({ id: 'owner', vaultId });
      for (const note of notes) writing.objectStore('notes').put(note);
      writing.oncomplete = () => {
        request.result.close();
        resolve();
      };
      writing.onabort = () => reject(writing.error);
    };
  });
}

it('rows of the first layout are all kept, readable and counted, and learning data goes beside them', async () => {
  const { vault, name } = freshVault();
  await worked(vault.create('convenience'));
  const notes = Array.from({ length: 25 }, (_, at) => sampleNote(`from before ${at}`));
  const rows = await Promise.all(notes.map((note) => sealedAsBefore(note, vault)));
  const [owner] = await rawRows(learningOf(name), 'owner');
  await makeFirstLayout(learningOf(name), String(owner?.['vaultId']), rows);

  const later = new Vault({ name });
  expect(await worked(later.unlock())).toMatchObject({
    kind: 'open',
    counts: { notes: 25, phrases: 0, learningData: 0, profiles: 0 },
  });
  const listed = await worked(later.list('notes'));
  expect(listed.quarantined).toEqual([]);
  const byId = (left: Note, right: Note) => (left.id < right.id ? -1 : 1);
  expect([...listed.rows].sort(byId)).toEqual([...notes].sort(byId));

  const [first, second, ...kept] = notes;
  await worked(
    later.write([
      { op: 'put', table: 'notes', row: { ...(first ?? expect.fail()), text: 'changed' } },
      { op: 'delete', table: 'notes', id: second?.id ?? '' },
      { op: 'put', table: 'notes', row: sampleNote('new') },
    ]),
  );
  const userId = newId<UserId>();
  const manager = new LearningDataManager(later);
  await worked(manager.storeLearningData([sampleData(userId), sampleData(userId)]));
  expect((await worked(manager.retrieveLearningData({ userId }))).rows).toHaveLength(2);
  expect(await worked(later.status())).toMatchObject({
    counts: { notes: kept.length + 2, learningData: 2 },
  });
});
