import { describe, expect, it } from 'vitest';
import {
  type CacheSettings,
  LARGEST_CACHE,
  type PerformancePorts,
  PerformanceStrategy,
} from '../../../src/adaptation/performance-strategy';
import { err, ok } from '../../../src/core/result';

function device(
  capacity = 500,
): PerformancePorts & { cacheNow: CacheSettings; workers: number; isBroken: boolean } {
  const held = {
    cacheNow: { capacity, ttlSeconds: 300 },
    workers: 10,
    isBroken: false,
    cache: {
      read: async () => held.cacheNow,
      change: async (to: CacheSettings) => {
        if (held.isBroken) return err('the vault is locked');
        held.cacheNow = to;
        return ok(to);
      },
    },
    concurrency: {
      read: () => held.workers,
      change: (workers: number) => {
        held.workers = workers;
        return ok(workers);
      },
    },
  };
  return held;
}

describe('how far the performance strategy applies', () => {
  const strategy = new PerformanceStrategy(device());

  it.each([
    [{ averageResponseSeconds: 3, errorRate: 0.05 }, 0, 0],
    [{ averageResponseSeconds: 3.1 }, 0, 0.4],
    [{ errorRate: 0.051 }, 0, 0.3],
    [{}, 1, 0.3],
    [{ averageResponseSeconds: 9, errorRate: 1 }, 4, 1],
  ])('with %o and %i complaints it is %d', (performance, userComplaints, expected) => {
    expect(strategy.analyzeApplicability({ performance, userComplaints })).toBeCloseTo(expected, 12);
  });
});

describe('what the performance strategy does', () => {
  it('doubles a cache that answers less than 80 % of the look-ups and keeps entries for an hour', async () => {
    const held = device();
    const strategy = new PerformanceStrategy(held);
    const actions = await strategy.generateActions({
      performance: { cacheHitRate: 0.79 },
      userComplaints: 1,
    });
    const outcome = await strategy.applyActions(actions);
    expect(held.cacheNow).toEqual({ capacity: 1_000, ttlSeconds: 3_600 });
    expect(outcome.totalImpact).toBeCloseTo(0.3, 12);
    expect(outcome.applied[0]).toMatchObject({ before: { capacity: 500 }, after: { capacity: 1_000 } });
  });

  it.each([
    [11, 20],
    [40, 20],
  ])('gives %i operations at one time %i workers', async (concurrentRequests, workers) => {
    const held = device();
    const strategy = new PerformanceStrategy(held);
    await strategy.applyActions(
      await strategy.generateActions({ performance: { concurrentRequests }, userComplaints: 1 }),
    );
    expect(held.workers).toBe(workers);
  });

  it('proposes nothing where all is well, nothing is known, or the bound is reached', async () => {
    const held = device(LARGEST_CACHE);
    const strategy = new PerformanceStrategy(held);
    for (const performance of [{}, { cacheHitRate: 0.8, concurrentRequests: 10 }, { cacheHitRate: 0.1 }]) {
      expect(await strategy.generateActions({ performance, userComplaints: 1 })).toEqual([]);
    }
    held.workers = 20;
    expect(
      await strategy.generateActions({ performance: { concurrentRequests: 50 }, userComplaints: 1 }),
    ).toEqual([]);
  });

  it('never grows the cache beyond its bound', async () => {
    const held = device(LARGEST_CACHE - 1);
    const strategy = new PerformanceStrategy(held);
    await strategy.applyActions(
      await strategy.generateActions({ performance: { cacheHitRate: 0 }, userComplaints: 1 }),
    );
    expect(held.cacheNow.capacity).toBe(LARGEST_CACHE);
  });

  it('carries out the rest when one action fails, and counts only what was applied', async () => {
    const held = device();
    held.isBroken = true;
    const strategy = new PerformanceStrategy(held);
    const outcome = await strategy.applyActions(
      await strategy.generateActions({
        performance: { cacheHitRate: 0, concurrentRequests: 11 },
        userComplaints: 1,
      }),
    );
    expect(outcome.failed.map(({ detail }) => detail)).toEqual(['the vault is locked']);
    expect(outcome.applied.map(({ kind }) => kind)).toEqual(['concurrency-optimization']);
    expect(outcome.totalImpact).toBeCloseTo(0.2, 12);
  });

  it('can take back everything it did', async () => {
    const held = device();
    const strategy = new PerformanceStrategy(held);
    const { applied } = await strategy.applyActions(
      await strategy.generateActions({
        performance: { cacheHitRate: 0, concurrentRequests: 11 },
        userComplaints: 1,
      }),
    );
    expect(applied).toHaveLength(2);
    for (const action of applied) expect(await strategy.revertAction(action)).toEqual(ok(undefined));
    expect(held.cacheNow).toEqual({ capacity: 500, ttlSeconds: 300 });
    expect(held.workers).toBe(10);
  });
});
