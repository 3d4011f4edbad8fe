/** Where figures about memory come from. Each may fail or not exist; then its figure is absent. */
export interface MemorySources {
  /** `tf.memory()` of the thread that has tensors. */
  readonly tensors?: () => Promise<TensorMemory | undefined>;
  readonly heapBytes?: () => Promise<number | undefined>;
  readonly storage?: () => Promise<StorageUse | undefined>;
  readonly logBytes?: () => number;
  readonly cache?: () => Promise<CacheUse | undefined>;
}

export interface TensorMemory {
  readonly tensors: number;
  readonly bytes: number;
}

/** What is kept opened in memory, and how often that was enough. */
export interface CacheUse {
  readonly entries: number;
  readonly capacity: number;
  /** Look-ups answered from memory, as a share of all; `undefined` before the first. */
  readonly hitRate: number | undefined;
}

export interface StorageUse {
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

/** What is absent is not known. Nothing here is estimated by us. */
export interface MemoryReport {
  readonly tensors: TensorMemory | undefined;
  readonly heapBytes: number | undefined;
  readonly storage: StorageUse | undefined;
  readonly logBytes: number | undefined;
  readonly cache: CacheUse | undefined;
  /** Heap and tensors as far as they are known: at least this much memory is in use. */
  readonly usedBytes: number | undefined;
}

/** Asks every source at the same time. */
export async function measureMemory(sources: MemorySources): Promise<MemoryReport> {
  const [tensors, heapBytes, storage, logBytes, cache] = await Promise.all([
    known(sources.tensors),
    known(sources.heapBytes),
    known(sources.storage),
    known(sources.logBytes),
    known(sources.cache),
  ]);
  const parts = [heapBytes, tensors?.bytes].filter((bytes) => bytes !== undefined);
  const usedBytes = parts.length === 0 ? undefined : parts.reduce((sum, bytes) => sum + bytes, 0);
  return { tensors, heapBytes, storage, logBytes, cache, usedBytes };
}

async function known<T>(ask: (() => T | Promise<T>) | undefined): Promise<T | undefined> {
  if (ask === undefined) return undefined;
  try {
    return await ask();
  } catch {
    // Not known is an answer here, and why it is not known would not change it.
    return undefined;
  }
}
