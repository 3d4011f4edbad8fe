import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src/config/settings';
import { chosenBefore, SettingsLayers } from '../../../src/config/settings-layers';

const styled = (style: 'full' | 'brief') => (settings: typeof defaultSettings) => ({
  ...settings,
  answers: { ...settings.answers, style },
});

describe('settings that are adapted', () => {
  it('leave the person’s own as they are, and are gone when they are taken off', () => {
    const layers = new SettingsLayers(defaultSettings);
    expect(layers.put('answers.style', 'brief')).toBe(true);
    expect(layers.effective.answers.style).toBe('brief');
    expect(layers.own).toBe(defaultSettings);
    layers.takeOff('answers.style');
    expect(layers.effective).toBe(defaultSettings);
  });

  it('refuse a value that the setting cannot have', () => {
    const layers = new SettingsLayers(defaultSettings);
    expect(layers.put('answers.style', 'rude')).toBe(false);
    expect(layers.put('endpointing.hangoverMs', 90_000)).toBe(false);
    expect(layers.effective).toBe(defaultSettings);
  });

  it('give way to what the person chooses, also where that is what they had chosen before', () => {
    const layers = new SettingsLayers(defaultSettings);
    layers.put('answers.style', 'brief');
    expect(layers.choose(styled('full'))).toEqual(['answers.style']);
    expect(layers.effective.answers.style).toBe('full');
    layers.takeAllOff();
    expect(layers.effective.answers.style).toBe('full');
  });

  it('are not stored as the person’s own when they change something else', () => {
    const layers = new SettingsLayers(defaultSettings);
    layers.put('answers.style', 'brief');
    expect(layers.choose((settings) => ({ ...settings, theme: 'dark' }))).toEqual(['theme']);
    expect(layers.own).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(layers.effective.answers.style).toBe('brief');
  });

  it('tell a choice made before there was adaptation by what differs from the default', () => {
    const own = {
      ...defaultSettings,
      theme: 'dark' as const,
      recognition: { falseTriggers: 'week' as const },
    };
    expect(chosenBefore(own, defaultSettings)).toEqual(['recognition.falseTriggers']);
  });
});
