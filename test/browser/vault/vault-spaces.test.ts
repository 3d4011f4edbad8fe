import { type Remote, wrap } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import type { VaultContract } from '../../../src/bridge/vault-contract';
import { vaultWorkerName } from '../../../src/bridge/vault-worker-name';
import { sampleNote, worked } from './sample-rows';

const workers: Worker[] = [];

function startIn(space: string): Remote<VaultContract> {
  const url = new URL('../../../workers/vault.worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module', name: vaultWorkerName(space) });
  workers.push(worker);
  return wrap<VaultContract>(worker);
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

describe('two people on one device', () => {
  it('have vaults apart, and one is destroyed without the other', async () => {
    const [adas, graces] = [crypto.randomUUID(), crypto.randomUUID()].map((id) => `claude-echo.${id}`);
    const [ada, grace] = [startIn(adas ?? ''), startIn(graces ?? '')];
    await worked(ada.create('convenience'));
    const note = sampleNote('for Ada only');
    await worked(ada.write([{ op: 'put', table: 'notes', row: note }]));
    expect(await worked(grace.status())).toEqual({ kind: 'absent' });
    await worked(grace.create('convenience'));
    expect(await worked(grace.list('notes'))).toEqual({ rows: [], quarantined: [] });

    // As somebody does who deletes another person: a worker of its own for the doomed space.
    await worked(startIn(graces ?? '').destroy());
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names.filter((name) => name?.startsWith(graces ?? ''))).toEqual([]);
    expect(await worked(grace.status())).toEqual({ kind: 'absent' });
    expect(await worked(ada.get('notes', note.id))).toEqual(note);
    await worked(ada.destroy());
  });
});
