import * as v from 'valibot';
import { defaultSettings, type Settings, SettingsSchema } from './settings';
import { type PlainStorage, readJson, writeJson } from './stored-json';

const KEY = 'claude-echo.settings';
const FORMAT = 1;

const StoredSettings = v.object({
  format: v.literal(FORMAT),
  settings: v.pipe(
    v.unknown(),
    v.transform((stored) => completed(stored, defaultSettings)),
    SettingsSchema,
  ),
});

/**
 * The person's settings across visits. What an older version did not know yet takes its default; settings that
 * do not parse give way to the defaults as a whole: a half-understood choice about a microphone is worse than none.
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

/** `stored` with what is missing in it, at any depth, taken from `defaults`; a wrong value stays and is refused. */
function completed(stored: unknown, defaults: object): unknown {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return stored;
  const filled: Record<string, unknown> = { ...defaults, ...stored };
  for (const [name, standard] of Object.entries(defaults)) {
    if (typeof standard === 'object' && standard !== null && Object.hasOwn(stored, name)) {
      filled[name] = completed(filled[name], standard);
    }
  }
  return filled;
}
