import type { StorageUse } from './memory-report';

/** Chromium only, coarse, and of the page's thread alone (https://developer.mozilla.org/docs/Web/API/Performance/memory). */
interface HeapSize {
  readonly usedJSHeapSize?: number;
}

export interface PerformanceLike {
  readonly memory?: HeapSize;
  /** Whole agent with its workers; only where the page is cross-origin isolated. */
  measureUserAgentSpecificMemory?(): Promise<{ readonly bytes: number }>;
}

/** Browsers may answer only with their next garbage collection. */
const PATIENCE_MS = 5_000;

/** Bytes that scripts hold, from the better of two sources that this browser has; `undefined` where it has neither. */
export async function browserHeapBytes(
  source: PerformanceLike = performance as PerformanceLike,
  patienceMs = PATIENCE_MS,
): Promise<number | undefined> {
  const measured = await measuredBytes(source, patienceMs);
  return measured ?? source.memory?.usedJSHeapSize;
}

/** What this origin has stored; `undefined` where the browser does not tell. */
export async function browserStorageUse(
  storage: Pick<StorageManager, 'estimate'> | undefined = navigator.storage,
): Promise<StorageUse | undefined> {
  const { usage, quota } = (await storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? undefined : { usedBytes: usage, quotaBytes: quota };
}

async function measuredBytes(source: PerformanceLike, patienceMs: number): Promise<number | undefined> {
  if (source.measureUserAgentSpecificMemory === undefined) return undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return (await Promise.race([source.measureUserAgentSpecificMemory(), patience]))?.bytes;
  } catch {
    // A SecurityError where the page is not isolated: the other source has to do.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
