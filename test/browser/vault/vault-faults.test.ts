import { transfer, wrap } from 'comlink';
import { describe, expect, it } from 'vitest';
import type { VaultContract } from '../../../src/bridge/vault-contract';
import { newId, type PhraseId } from '../../../src/core/ids';
import { Vault } from '../../../src/vault/vault';
import { freshVault, sampleAudio, sampleNote, sampleTake, worked } from './sample-rows';
import { startVaultWorker } from './start-vault-worker';

describe('two sessions on one vault', () => {
  it('see what the other wrote, and lose no write to the same row', async () => {
    const { vault, name } = freshVault();
    await worked(vault.create('convenience'));
    const other = new Vault({ name });
    await worked(other.unlock());
    const note = sampleNote('');
    const sessions = [vault, other];
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        const shared = { ...note, text: `from ${at}` };
        return worked(
          (sessions[at % 2] ?? vault).write([
            { op: 'put', table: 'notes', row: shared },
            { op: 'put', table: 'notes', row: sampleNote(`own ${at}`) },
          ]),
        );
      }),
    );
    for (const session of sessions) {
      const { rows, quarantined } = await worked(session.list('notes'));
      expect(quarantined).toEqual([]);
      expect(rows).toHaveLength(41);
    }
  });

  it('keep their stores apart under different names', async () => {
    const [first, second] = [freshVault().vault, freshVault().vault];
    await worked(first.create('convenience'));
    expect(await worked(second.status())).toEqual({ kind: 'absent' });
  });
});

describe('the vault worker', () => {
  it('answers on its own line and on one for the speech worker, with results and never with throws', async () => {
    const { worker, vault } = startVaultWorker();
    await vault.destroy();
    expect(await vault.create('convenience')).toMatchObject({ ok: true, value: { kind: 'open' } });
    const { port1, port2 } = new MessageChannel();
    await vault.connect(transfer(port2, [port2]));
    const second = wrap<VaultContract>(port1);
    const audio = sampleAudio(sampleTake(newId<PhraseId>()).id);
    expect(await second.write([{ op: 'put', table: 'audio', row: audio }])).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await vault.get('audio', audio.id)).toEqual({ ok: true, value: audio });
    expect(await vault.create('convenience')).toEqual({ ok: false, error: { kind: 'already-exists' } });
    await vault.destroy();
    worker.terminate();
  });

  it('leaves whole writes only, when it is killed in the middle of them', async () => {
    const clean = startVaultWorker();
    await clean.vault.destroy();
    expect((await clean.vault.create('convenience')).ok).toBe(true);
    clean.worker.terminate();

    const acknowledged = new Set<string>();
    for (let kill = 0; kill < 12; kill += 1) {
      const { worker, vault } = startVaultWorker();
      expect((await vault.unlock()).ok).toBe(true);
      for (let at = 0; at < 60; at += 1) {
        const take = sampleTake(newId<PhraseId>());
        const write = vault.write([
          { op: 'put', table: 'takes', row: take },
          { op: 'put', table: 'audio', row: sampleAudio(take.id, 20_000) },
        ]);
        void write.then(({ ok }) => ok && acknowledged.add(take.id));
      }
      await new Promise((resolve) => setTimeout(resolve, 15 + kill * 9));
      worker.terminate();
    }

    const { worker, vault } = startVaultWorker();
    await vault.unlock();
    const [takes, audio] = [await vault.list('takes'), await vault.list('audio')];
    if (!takes.ok || !audio.ok) expect.fail('the vault does not open after the kills');
    expect([takes.value.quarantined, audio.value.quarantined]).toEqual([[], []]);
    const takeIds = new Set<string>(takes.value.rows.map(({ id }) => id));
    expect(new Set<string>(audio.value.rows.map(({ id }) => id))).toEqual(takeIds);
    expect([...acknowledged].filter((id) => !takeIds.has(id))).toEqual([]);
    expect(takeIds.size).toBeGreaterThan(0);
    expect(takeIds.size).toBeLessThan(12 * 60);
    await vault.destroy();
    worker.terminate();
  });
});
