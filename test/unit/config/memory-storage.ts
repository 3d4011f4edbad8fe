import type { PlainStorage } from '../../../src/config/stored-json';

export interface MemoryStorage extends PlainStorage {
  readonly entries: Map<string, string>;
  /** Characters of keys and values it takes before it throws as a browser does. */
  capacity: number;
}

/** Storage of a page, with a quota that can be lowered. */
export function memoryStorage(): MemoryStorage {
  const entries = new Map<string, string>();
  const storage: MemoryStorage = {
    entries,
    capacity: Number.POSITIVE_INFINITY,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => {
      let used = key.length + value.length;
      for (const [other, text] of entries) if (other !== key) used += other.length + text.length;
      if (used > storage.capacity) throw new DOMException('full', 'QuotaExceededError');
      entries.set(key, value);
    },
    removeItem: (key) => void entries.delete(key),
  };
  return storage;
}
