import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TabLock } from '../../../src/agents/vault/tab-lock';
import { Vault } from '../../../src/vault/vault';
import { stealLock } from '../support/lock-thief';
import { sampleNote } from './sample-rows';

/** The vault of a tab, while another one takes it. */

let vault: Vault;
let lock: TabLock;
let name: string;

beforeEach(async () => {
  name = `tabs-${crypto.randomUUID()}`;
  vault = new Vault({ name });
  lock = new TabLock(`${name}.tab`, { onFallen: () => undefined, onLost: () => undefined });
  const claim = await lock.identify();
  if (claim === undefined) throw new Error('the browser does not tell who has a lock');
  vault.keepTo(claim);
});

afterEach(async () => {
  lock.release();
  await vault.close();
  await new Vault({ name }).destroy();
});

const put = (text: string) => vault.write([{ op: 'put', table: 'notes', row: sampleNote(text) }]);

describe('a vault that is kept to one tab', () => {
  it('changes nothing before the tab has its lock', async () => {
    expect(await vault.create('convenience')).toEqual({ ok: false, error: { kind: 'locked' } });
    expect(await vault.status()).toMatchObject({ value: { kind: 'absent' } });
    expect(await lock.claim()).toBe(true);
    expect(await vault.create('convenience')).toMatchObject({ value: { kind: 'open' } });
  });

  it('finishes what it began and refuses the rest from the moment another tab takes the lock', async () => {
    await lock.claim();
    await vault.create('convenience');
    expect(await put('before')).toMatchObject({ ok: true });
    const thief = await stealLock(`${name}.tab`);
    expect(await put('after')).toEqual({ ok: false, error: { kind: 'locked' } });
    expect(await vault.status()).toMatchObject({ value: { kind: 'locked' } });
    // Neither does it open again, whoever asks it to.
    expect(await vault.unlock()).toEqual({ ok: false, error: { kind: 'locked' } });
    thief.end();
    const other = new Vault({ name });
    await other.unlock();
    const listed = await other.list('notes');
    expect(listed.ok && listed.value.rows.map(({ text }) => text)).toEqual(['before']);
    await other.close();
  });

  it('works again when the tab took the lock back', async () => {
    await lock.claim();
    await vault.create('convenience');
    const thief = await stealLock(`${name}.tab`);
    expect(await put('meanwhile')).toMatchObject({ ok: false });
    await lock.steal();
    expect(await vault.unlock()).toMatchObject({ value: { kind: 'open' } });
    expect(await put('again')).toMatchObject({ ok: true });
    thief.end();
  });
});
