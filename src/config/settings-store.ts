import * as v from 'valibot';
import { defaultSettings, type Settings, SettingsSchema } from './settings';
import { type PlainStorage, readJson, writeJson } from './stored-json';

const KEY = 'claude-echo.settings';
const FORMAT = 1;

const StoredSettings = v.object({ format: v.literal(FORMAT), settings: SettingsSchema });

/**
 * The person's settings across visits. Settings that no longer parse give way to the defaults as a whole:
 * a half-understood choice about a microphone is worse than none.
 */
export class SettingsStore {
  readonly #storage: PlainStorage;

  constructor(storage: PlainStorage) {
    this.#storage = storage;
  }

  load(): Settings {
    const parsed = v.safeParse(StoredSettings, readJson(this.#storage, KEY));
    return parsed.success ? parsed.output.settings : defaultSettings;
  }

  save(settings: Settings): void {
    writeJson(this.#storage, KEY, { format: FORMAT, settings });
  }

  clear(): void {
    this.#storage.removeItem(KEY);
  }
}
