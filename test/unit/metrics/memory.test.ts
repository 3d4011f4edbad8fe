import { describe, expect, it } from 'vitest';
import { browserHeapBytes, browserStorageUse } from '../../../src/metrics/browser-memory';
import { measureMemory } from '../../../src/metrics/memory-report';

describe('measureMemory', () => {
  it('reports what its sources say, and what is in use of that', async () => {
    const report = await measureMemory({
      tensors: async () => ({ tensors: 3, bytes: 400 }),
      heapBytes: async () => 1_000,
      storage: async () => ({ usedBytes: 5, quotaBytes: 10 }),
      logBytes: () => 77,
      cache: async () => ({ entries: 12, capacity: 50, hitRate: 0.75 }),
    });
    expect(report).toEqual({
      tensors: { tensors: 3, bytes: 400 },
      heapBytes: 1_000,
      storage: { usedBytes: 5, quotaBytes: 10 },
      logBytes: 77,
      cache: { entries: 12, capacity: 50, hitRate: 0.75 },
      usedBytes: 1_400,
    });
  });

  it('invents nothing: a source that fails or is not there has no figure', async () => {
    const report = await measureMemory({
      tensors: () => Promise.reject(new Error('the worker is gone')),
      heapBytes: async () => undefined,
      logBytes: () => {
        throw new Error('no storage');
      },
    });
    expect(report).toEqual({
      tensors: undefined,
      heapBytes: undefined,
      storage: undefined,
      logBytes: undefined,
      cache: undefined,
      usedBytes: undefined,
    });
  });
});

describe('browserHeapBytes', () => {
  const memory = { usedJSHeapSize: 100 };

  it('takes the whole agent where the browser measures it', async () => {
    const measureUserAgentSpecificMemory = async () => ({ bytes: 900 });
    expect(await browserHeapBytes({ memory, measureUserAgentSpecificMemory })).toBe(900);
  });

  it('takes the heap of the page where the browser refuses, or keeps one waiting', async () => {
    const refuse = () => Promise.reject(new DOMException('not isolated', 'SecurityError'));
    expect(await browserHeapBytes({ memory, measureUserAgentSpecificMemory: refuse })).toBe(100);
    const never = () => new Promise<{ bytes: number }>(() => undefined);
    expect(await browserHeapBytes({ memory, measureUserAgentSpecificMemory: never }, 1)).toBe(100);
  });

  it('does not know where the browser tells nothing', async () => {
    expect(await browserHeapBytes({})).toBeUndefined();
  });
});

describe('browserStorageUse', () => {
  it('needs both figures', async () => {
    expect(await browserStorageUse({ estimate: async () => ({ usage: 1, quota: 2 }) })).toEqual({
      usedBytes: 1,
      quotaBytes: 2,
    });
    expect(await browserStorageUse({ estimate: async () => ({ quota: 2 }) })).toBeUndefined();
  });
});
