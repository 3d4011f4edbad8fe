/** What survives `JSON.stringify` and back unchanged. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Deeper than this nobody means it; the bound keeps a forged value from exhausting the stack. */
const DEEPEST = 32;

/** Whether a value that crossed an edge is plain JSON: finite numbers, plain objects, nothing nested too deep. */
export function isJsonValue(value: unknown, depth = 0): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => isJsonValue(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  // A member of this name would change the object it is read into.
  if (Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((item) => isJsonValue(item, depth + 1));
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isJsonValue(value);
}

/**
 * A deep copy in which the members of every object are in alphabetical order, so that two values that mean the
 * same also iterate the same.
 */
export function canonicalJson<T extends JsonValue>(value: T): T {
  // Sound: the copy has the shape of the original.
  return copyJson(value) as T;
}

function copyJson(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (isJsonArray(value)) return value.map(copyJson);
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, copyJson(value[name] ?? null)]));
}

function isJsonArray(value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] {
  return Array.isArray(value);
}
