import type { SettingsPort } from '../adaptation/settings-port';
import { defaultSettings } from '../config/settings';
import { chosenBefore, type SettingsLayers } from '../config/settings-layers';

/** What adaptation may do with the person's settings. */
export interface AdaptedSettings extends SettingsPort {
  /** What the person had chosen before anything was adapted. */
  chosen(): readonly string[];
  /** Everything is as the person chose it. */
  takeAllOff(): void;
}

/** @param apply puts the settings in force that the layers come to now */
export function adaptedSettings(layers: SettingsLayers, apply: () => void): AdaptedSettings {
  return {
    read: (setting) => layers.valueOf(setting),
    put: (setting, value) => {
      const isPut = layers.put(setting, value);
      apply();
      return isPut;
    },
    takeOff: (setting) => {
      layers.takeOff(setting);
      apply();
    },
    takeAllOff: () => {
      layers.takeAllOff();
      apply();
    },
    chosen: () => chosenBefore(layers.own, defaultSettings),
  };
}

const ADAPTABLE_CONFIGURATION = ['learning.dataManager.cacheSize', 'performance.maxConcurrency'] as const;

/** The adaptable values that a change at `path` touches: the value itself, or those of a group. */
export function adaptableConfiguration(path: string): readonly string[] {
  return ADAPTABLE_CONFIGURATION.filter((each) => each === path || each.startsWith(`${path}.`));
}
