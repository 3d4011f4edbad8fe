import type { AdaptableSetting } from '../config/settings-layers';

/** What strategies may turn of the person's settings, and nothing else. */
export interface SettingsPort {
  read(setting: AdaptableSetting): unknown;
  /** Puts a value over the person's own. @returns false when the setting cannot have it */
  put(setting: AdaptableSetting, value: string | number): boolean;
  /** What the person chose is in force again. */
  takeOff(setting: AdaptableSetting): void;
}
