import { describe, expect, it } from 'vitest';
import { TabLock } from '../../../src/agents/vault/tab-lock';

function tab(name: string) {
  const told: string[] = [];
  const lock = new TabLock(name, {
    onFallen: () => told.push('fallen'),
    onLost: () => told.push('lost'),
  });
  return { lock, told };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

/** Somebody in another tab who holds the lock until told otherwise. */
async function holder(name: string): Promise<() => void> {
  let leave: () => void = () => undefined;
  await new Promise<void>((held) => {
    void navigator.locks.request(name, () => {
      held();
      return new Promise<void>((resolve) => {
        leave = resolve;
      });
    });
  });
  return leave;
}

describe('the lock of a tab', () => {
  it('falls to whoever waits as soon as its holder is gone', async () => {
    const name = crypto.randomUUID();
    const leave = await holder(name);
    const { lock, told } = tab(name);
    expect(await lock.claim()).toBe(false);
    await settled();
    expect(told).toEqual([]);
    leave();
    await settled();
    expect(told).toEqual(['fallen']);
  });

  it('can be taken, and the tab that lost it gets in line again', async () => {
    const name = crypto.randomUUID();
    const [first, second] = [tab(name), tab(name)];
    expect(await first.lock.claim()).toBe(true);
    expect(await second.lock.claim()).toBe(false);
    await second.lock.steal();
    await settled();
    expect([first.told, second.told]).toEqual([['lost'], []]);
    await first.lock.steal();
    await settled();
    expect([first.told, second.told]).toEqual([['lost'], ['lost']]);
  });
});
