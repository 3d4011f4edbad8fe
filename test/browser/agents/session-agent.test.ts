import { afterEach, describe, expect, it } from 'vitest';
import type { Echo, EchoAddresses } from '../../../src/echo';
import { type LockThief, stealLock } from '../support/lock-thief';
import { startEcho } from '../support/start-echo';

const TAB_LOCK = 'claude-echo.tab';
const PATIENT = { timeout: 20_000 };

let echo: Echo;
let other: LockThief | undefined;

afterEach(async () => {
  other?.end();
  await echo.vault.destroy();
  echo.close();
  localStorage.clear();
});

async function started(addresses: Partial<EchoAddresses> = {}): Promise<Echo> {
  const starting = startEcho(addresses);
  await expect.poll(() => starting.state.vault.kind, PATIENT).not.toBe('opening');
  // Where a test before this one failed, it left its vault behind.
  if (starting.state.vault.kind !== 'absent') await starting.vault.destroy();
  return starting;
}

const notes = () => echo.state.notes.map(({ text }) => text);

/** Answers nothing, as one does that has much to do. */
const busyWorker = () =>
  URL.createObjectURL(new Blob(['onmessage = () => undefined;'], { type: 'text/javascript' }));

describe('a tab that another one takes the vault from', () => {
  it('keeps nothing any more, shows nothing, and goes on when the vault falls to it again', async () => {
    echo = await started();
    expect((await echo.vault.create('convenience')).ok).toBe(true);
    expect((await echo.notes.add('before')).ok).toBe(true);
    other = await stealLock(TAB_LOCK);
    expect(await echo.notes.add('after')).toEqual({ ok: false, error: { kind: 'locked' } });
    await expect
      .poll(() => echo.state, PATIENT)
      .toMatchObject({
        isElsewhere: true,
        vault: { kind: 'locked' },
        notes: [],
      });
    other.end();
    await expect
      .poll(() => echo.state, PATIENT)
      .toMatchObject({
        isElsewhere: false,
        vault: { kind: 'open' },
      });
    expect(notes()).toEqual(['before']);
  });

  it('says so at once, however busy its speech worker is', async () => {
    const busy = await started({ speechWorker: busyWorker() });
    other = await stealLock(TAB_LOCK);
    await expect.poll(() => busy.state.isElsewhere, PATIENT).toBe(true);
    busy.close();
    other.end();
    echo = await started();
  });

  it('is left closed when that happens while it opens', async () => {
    echo = await started();
    await echo.vault.create('convenience');
    await echo.vault.lock();
    const opening = echo.vault.unlock('');
    other = await stealLock(TAB_LOCK);
    await opening;
    await expect
      .poll(() => echo.state, PATIENT)
      .toMatchObject({
        isElsewhere: true,
        vault: { kind: 'locked' },
        phrases: [],
      });
    other.end();
    await expect.poll(() => echo.state.vault.kind, PATIENT).toBe('open');
  });
});
