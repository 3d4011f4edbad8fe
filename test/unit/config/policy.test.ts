import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../src/config/policy';
import { defaultSettings } from '../../../src/config/settings';
import { SettingsStore } from '../../../src/config/settings-store';
import type { PlainStorage } from '../../../src/config/stored-json';

function memoryStorage(): PlainStorage & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

describe('the operator’s policy', () => {
  it('fills in the strictest values for what is left out', () => {
    expect(parsePolicy({ format: 1 })).toEqual({
      ok: true,
      value: { format: 1, webhookOrigins: [], requirePassphrase: false },
    });
  });

  it('names the path of what is wrong', () => {
    const parsed = parsePolicy({
      format: 1,
      webhookOrigins: ['https://ok.example', 'https://x.example/path'],
    });
    expect(parsed.ok ? undefined : parsed.error.path).toBe('webhookOrigins.1');
  });

  it('refuses a newer format instead of guessing', () => {
    expect(parsePolicy({ format: 2 }).ok).toBe(false);
  });
});

describe('SettingsStore', () => {
  it('gives back what was saved', () => {
    const store = new SettingsStore(memoryStorage());
    const settings = { ...defaultSettings, theme: 'dark' as const };
    store.save(settings);
    expect(store.load()).toEqual(settings);
  });

  it('falls back to the defaults for damaged or out-of-range settings', () => {
    const storage = memoryStorage();
    const store = new SettingsStore(storage);
    store.save({ ...defaultSettings, endpointing: { hangoverMs: -5, maximumMs: 8_000 } });
    expect(store.load()).toEqual(defaultSettings);
    for (const key of storage.entries.keys()) storage.setItem(key, '{');
    expect(store.load()).toEqual(defaultSettings);
  });
});
