import * as v from 'valibot';
import { err, ok, type Result } from '../core/result';
import type { ConfigError } from './configuration';
import type { ConfigurationLeaf } from './configuration-path';
import { type PlainStorage, readJson, removeJson, writeJson } from './stored-json';

const KEY = 'claude-echo.configuration';
const FORMAT = 1;

/** The values are parsed one by one by whoever knows the schema, so that one that is wrong costs only itself. */
const StoredOverrides = v.object({
  format: v.literal(FORMAT),
  overrides: v.array(v.tuple([v.string(), v.unknown()])),
});

/** Path and value of what was set, as it was stored; empty when there is nothing, or nothing of this format. */
export function loadOverrides(storage: PlainStorage): readonly (readonly [string, unknown])[] {
  const parsed = v.safeParse(StoredOverrides, readJson(storage, KEY));
  return parsed.success ? parsed.output.overrides : [];
}

export function saveOverrides(
  storage: PlainStorage,
  overrides: ReadonlyMap<string, ConfigurationLeaf>,
): Result<void, ConfigError> {
  try {
    if (overrides.size === 0) removeJson(storage, KEY);
    else writeJson(storage, KEY, { format: FORMAT, overrides: [...overrides] });
    return ok(undefined);
  } catch (failure) {
    return err({ kind: 'not-stored', detail: failure instanceof Error ? failure.name : String(failure) });
  }
}
