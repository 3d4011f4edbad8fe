import { afterEach, describe, expect, it } from 'vitest';
import { type EchoState, initialState } from '../../../src/agents/echo-state';
import type { Engine } from '../../../src/agents/engine';
import { AutoLockAgent } from '../../../src/agents/vault/auto-lock-agent';
import { defaultSettings } from '../../../src/config/settings';
import { StateStore } from '../../../src/core/state-store';
import { epochMs, monotonicMs } from '../../../src/core/units';

const MINUTE_MS = 60_000;

const openVault = {
  kind: 'open',
  protection: 'passphrase',
  waysIn: { passkey: undefined, hasRecoveryCode: false },
  isPersisted: true,
  usedBytes: 0,
  quotaBytes: 0,
  counts: {},
} as unknown as EchoState['vault'];

const agents: AutoLockAgent[] = [];

afterEach(() => {
  for (const agent of agents.splice(0)) agent.close();
});

/** A page with an open vault and clocks that the test sets. */
function page(change: Partial<EchoState> = {}) {
  const store = new StateStore<EchoState>({
    ...initialState(defaultSettings),
    vault: openVault,
    ...change,
  });
  const time = { calendarMs: 0, monotonicMs: 0 };
  const clock = { now: () => epochMs(time.calendarMs), monotonic: () => monotonicMs(time.monotonicMs) };
  const locks: number[] = [];
  const work = { isUnsaved: false };
  const agent = new AutoLockAgent({ store, clock } as unknown as Engine, {
    lock: async () => {
      locks.push(time.calendarMs / MINUTE_MS);
    },
    hasUnsavedWork: () => work.isUnsaved,
  });
  agents.push(agent);
  return {
    store,
    time,
    locks,
    work,
    passes: (minutes: number) => {
      time.calendarMs += minutes * MINUTE_MS;
      time.monotonicMs += minutes * MINUTE_MS;
    },
    looks: () => document.dispatchEvent(new Event('visibilitychange')),
    touches: () => dispatchEvent(new PointerEvent('pointerdown')),
  };
}

describe('locking by itself', () => {
  it('locks after the minutes that were chosen, and not before', () => {
    const { passes, looks, locks } = page();
    passes(14);
    looks();
    expect(locks).toEqual([]);
    passes(1);
    looks();
    expect(locks).toEqual([15]);
  });

  it.each(['pointerdown', 'keydown', 'wheel'])('counts from the last %s', (kind) => {
    const { passes, looks, locks } = page();
    passes(14);
    dispatchEvent(new Event(kind));
    passes(14);
    looks();
    expect(locks).toEqual([]);
  });

  it('counts speech as a sign of life', () => {
    const { passes, looks, locks, store } = page();
    passes(14);
    store.set({ listening: { kind: 'hearing', mode: 'hands-free' } });
    store.set({ listening: { kind: 'waiting', mode: 'hands-free' } });
    passes(14);
    looks();
    expect(locks).toEqual([]);
  });

  it('does not let somebody who comes back too late prevent it', () => {
    const { passes, touches, locks } = page();
    passes(20);
    touches();
    expect(locks).toEqual([20]);
  });

  it('counts the time a device slept, and cannot be held off by setting the clock back', () => {
    const slept = page();
    slept.time.calendarMs += 60 * MINUTE_MS;
    slept.looks();
    expect(slept.locks).toEqual([60]);
    const setBack = page();
    setBack.time.calendarMs -= 600 * MINUTE_MS;
    setBack.time.monotonicMs += 15 * MINUTE_MS;
    setBack.looks();
    expect(setBack.locks).toHaveLength(1);
  });

  const busy: readonly (readonly [string, Partial<EchoState>])[] = [
    ['somebody speaks', { listening: { kind: 'hearing', mode: 'hands-free' } }],
    ['a recording waits for speech', { listening: { kind: 'waiting', mode: 'single' } }],
    ['a recording is replayed', { playing: 'take' }],
  ];

  it.each(busy)('waits while %s, and locks as soon as it is quiet', (_, state) => {
    const { passes, looks, locks, store } = page();
    passes(14);
    store.set(state);
    passes(16);
    looks();
    expect(locks).toEqual([]);
    store.set({ listening: { kind: 'off' }, playing: undefined });
    passes(16);
    looks();
    expect(locks).toHaveLength(1);
  });

  it('leaves up to an hour to save recordings that locking would lose', () => {
    const { passes, looks, locks, work } = page();
    work.isUnsaved = true;
    passes(15);
    looks();
    passes(59);
    looks();
    expect(locks).toEqual([]);
    passes(1);
    looks();
    expect(locks).toEqual([75]);
    const saved = page();
    saved.work.isUnsaved = true;
    saved.passes(16);
    saved.looks();
    saved.work.isUnsaved = false;
    saved.looks();
    expect(saved.locks).toEqual([16]);
  });

  it('never locks where there is nothing to unlock with, or where it was turned off', () => {
    const convenience = page({ vault: { ...openVault, protection: 'convenience' } as EchoState['vault'] });
    const never = page({
      settings: { ...defaultSettings, privacy: { autoLockMinutes: 0, retentionDays: 365 } },
    });
    for (const { passes, looks, locks } of [convenience, never]) {
      passes(10_000);
      looks();
      expect(locks).toEqual([]);
    }
  });
});
