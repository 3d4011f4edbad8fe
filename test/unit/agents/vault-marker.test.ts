import { describe, expect, it } from 'vitest';
import { VaultMarker } from '../../../src/agents/vault/vault-marker';
import { storageOf } from '../../../src/config/profile-directory';
import type { PlainStorage } from '../../../src/config/stored-json';

function memoryStorage(): PlainStorage {
  const entries = new Map<string, string>();
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

const absent = { kind: 'absent' } as const;
const locked = {
  kind: 'locked',
  protection: 'passphrase',
  waysIn: { passkey: undefined, hasRecoveryCode: false },
} as const;

describe('the mark that there is a vault', () => {
  it('does not take a device that never had one for one that lost it', () => {
    expect(new VaultMarker(memoryStorage()).shown(absent)).toEqual({ kind: 'absent', wasLost: false });
  });

  it('tells after a restart that the vault which was there is gone', () => {
    const storage = memoryStorage();
    new VaultMarker(storage).shown(locked);
    expect(new VaultMarker(storage).shown(absent)).toEqual({ kind: 'absent', wasLost: true });
  });

  it('tells nothing once the vault was deleted on purpose', () => {
    const storage = memoryStorage();
    const marker = new VaultMarker(storage);
    marker.shown(locked);
    marker.forget();
    expect(marker.shown(absent)).toEqual({ kind: 'absent', wasLost: false });
  });

  it('is one for every person', () => {
    const storage = memoryStorage();
    const first = storageOf('claude-echo', storage);
    const second = storageOf('claude-echo.0f0e0d0c-0000-4000-8000-000000000000', storage);
    new VaultMarker(first).shown(locked);
    expect(new VaultMarker(second).shown(absent)).toMatchObject({ wasLost: false });
    expect(new VaultMarker(first).shown(absent)).toMatchObject({ wasLost: true });
  });
});
