/**
 * Small plain values that must be readable before the vault is open (language, theme, the measured backend).
 * Nothing learnt from a person goes here.
 */
export interface PlainStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** `undefined` when there is nothing, or nothing that parses. */
export function readJson(storage: PlainStorage, key: string): unknown {
  const text = storage.getItem(key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function removeJson(storage: PlainStorage, key: string): void {
  storage.removeItem(key);
}

export function writeJson(storage: PlainStorage, key: string, value: unknown): void {
  storage.setItem(key, JSON.stringify(value));
}
