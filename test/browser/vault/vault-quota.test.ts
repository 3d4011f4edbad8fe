import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { newId, type PhraseId, type TakeId } from '../../../src/core/ids';
import { learningOf, rawRows } from './raw-store';
import { failed, freshVault, sampleAudio, sampleNote, sampleTake, worked } from './sample-rows';

interface StorageOverride {
  send(method: 'Storage.overrideQuotaForOrigin', parameters: object): Promise<unknown>;
}

const overrideQuota = (quotaSize?: number) =>
  (cdp() as unknown as StorageOverride).send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...(quotaSize === undefined ? {} : { quotaSize }),
  });

const SPARE_BYTES = 2_000_000;
const PASSPHRASE = 'a box of backups';

/**
 * Leaves almost no space, and waits until IndexedDB has noticed: while anybody is connected, Chromium goes
 * on with the free space it remembers, for 30 s. So the disk is filled once for all tests.
 */
async function fillDisk(): Promise<void> {
  const { usage = 0 } = await navigator.storage.estimate();
  await overrideQuota(usage + SPARE_BYTES);
  const isFull = async () => {
    if ((await storeRaw(new Uint8Array(4 * SPARE_BYTES))) !== 'QuotaExceededError')
      throw new Error('not full');
  };
  await vi.waitFor(isFull, { timeout: 60_000, interval: 1_000 });
}

/** Tries to keep so many bytes in a database that is gone afterwards; the name of the error, if any. */
async function storeRaw(bytes: Uint8Array): Promise<string | undefined> {
  const name = `probe-${crypto.randomUUID()}`;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore('bytes');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const outcome = await new Promise<string | undefined>((resolve) => {
    const transaction = database.transaction('bytes', 'readwrite');
    transaction.objectStore('bytes').put(bytes, 1);
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => resolve(transaction.error?.name);
  });
  database.close();
  indexedDB.deleteDatabase(name);
  return outcome;
}

describe('a full disk', () => {
  const { vault, name } = freshVault();
  const old = sampleNote('old');
  let bigBackup: Uint8Array;

  beforeAll(async () => {
    const { vault: big } = freshVault();
    await worked(big.create('convenience'));
    const audio = sampleAudio(newId<TakeId>(), 4 * SPARE_BYTES);
    await worked(big.write([{ op: 'put', table: 'audio', row: audio }]));
    bigBackup = await worked(big.exportBackup(PASSPHRASE));
    await worked(big.destroy());
    await worked(vault.create('convenience'));
    await worked(vault.write([{ op: 'put', table: 'notes', row: old }]));
    await fillDisk();
  }, 90_000);

  afterAll(() => overrideQuota());

  it('is reported as quota, nothing of the write is kept, and old rows stay readable', async () => {
    const take = sampleTake(newId<PhraseId>());
    const write = vault.write([
      { op: 'put', table: 'notes', row: sampleNote('new') },
      { op: 'put', table: 'takes', row: take },
      { op: 'put', table: 'audio', row: sampleAudio(take.id, 4 * SPARE_BYTES) },
      { op: 'delete', table: 'notes', id: old.id },
    ]);
    expect(await failed(write)).toEqual({ kind: 'quota' });
    expect(await worked(vault.list('notes'))).toEqual({ rows: [old], quarantined: [] });
    expect(await rawRows(learningOf(name), 'takes')).toEqual([]);
    expect(await rawRows(learningOf(name), 'audio')).toEqual([]);
  });

  it('stops an import before anything was replaced', async () => {
    expect(await failed(vault.importBackup(bigBackup, PASSPHRASE))).toEqual({ kind: 'quota' });
    expect(await worked(vault.list('notes'))).toEqual({ rows: [old], quarantined: [] });
    expect(await worked(vault.list('audio'))).toEqual({ rows: [], quarantined: [] });
  });

  it('stops an import where there is no vault, and none comes into being', async () => {
    const { vault: absent } = freshVault();
    expect(await failed(absent.importBackup(bigBackup, PASSPHRASE))).toEqual({ kind: 'quota' });
    expect(await worked(absent.status())).toEqual({ kind: 'absent' });
  });

  it('still takes what fits', async () => {
    const small = sampleNote('small');
    await worked(vault.write([{ op: 'put', table: 'notes', row: small }]));
    expect((await worked(vault.list('notes'))).rows).toHaveLength(2);
  });
});
