import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../src/config/settings';
import { SettingsStore } from '../../../src/config/settings-store';
import type { PlainStorage } from '../../../src/config/stored-json';

const KEY = 'claude-echo.settings';

function storageWith(settings?: unknown): PlainStorage {
  const entries = new Map<string, string>();
  if (settings !== undefined) entries.set(KEY, JSON.stringify({ format: 1, settings }));
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

/** Nothing in it has its default. */
const chosen: Settings = {
  language: 'zh-CN',
  theme: 'dark',
  microphone: {
    deviceId: 'desk',
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: false,
    keepWarmMs: 0,
  },
  endpointing: { hangoverMs: 900, isLearnt: false, maximumMs: 4_000 },
  recognition: { falseTriggers: 'week' },
  voice: { voiceUri: 'somebody', rate: 1.5 },
  history: { keepUtterances: 7 },
  compute: { backend: 'cpu', training: 'when-charging' },
  actions: { confirm: 'always', questions: 'usual' },
  answers: { style: 'brief' },
  privacy: { autoLockMinutes: 0, retentionDays: 30 },
};

describe('settings', () => {
  it('come back as they were saved', () => {
    const storage = storageWith();
    new SettingsStore(storage).save(chosen);
    expect(new SettingsStore(storage).load()).toEqual(chosen);
  });

  it('are the defaults where nothing was saved', () => {
    expect(new SettingsStore(storageWith()).load()).toEqual(defaultSettings);
  });

  it('keep every choice of an older version and take the default for a section it did not know', () => {
    const { privacy: _, ...older } = chosen;
    expect(new SettingsStore(storageWith(older)).load()).toEqual({
      ...chosen,
      privacy: defaultSettings.privacy,
    });
  });

  it('take the default for a single setting that an older version did not know', () => {
    const older = { ...chosen, privacy: { autoLockMinutes: 0 } };
    expect(new SettingsStore(storageWith(older)).load()).toEqual({
      ...chosen,
      privacy: { autoLockMinutes: 0, retentionDays: 365 },
    });
  });

  it.each([
    ['a value out of range', { ...chosen, history: { keepUtterances: -1 } }],
    ['a section that is no object', { ...chosen, microphone: 'the one on the desk' }],
    ['a section that is null', { ...chosen, privacy: null }],
    ['a list', [chosen]],
  ])('give way to the defaults as a whole for %s', (_, stored) => {
    expect(new SettingsStore(storageWith(stored)).load()).toEqual(defaultSettings);
  });
});
