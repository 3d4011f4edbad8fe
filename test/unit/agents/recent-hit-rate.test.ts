import { describe, expect, it } from 'vitest';
import { RecentHitRate } from '../../../src/agents/learning/recent-hit-rate';
import type { CacheReport } from '../../../src/vault/learning-data/learning-store';

const reportOf = (hits: number, misses: number, capacity = 10): CacheReport => ({
  capacity,
  ttlSeconds: 300,
  entries: 0,
  rows: 0,
  hits,
  misses,
  hitRate: undefined,
});

describe('how often the cache answered lately', () => {
  it('is not told before there are enough look-ups', () => {
    const rate = new RecentHitRate();
    expect(rate.read(reportOf(9, 10))).toBeUndefined();
    expect(rate.read(reportOf(10, 10))).toBe(0.5);
  });

  it('is told again as it was until there are enough look-ups for another rate', () => {
    const rate = new RecentHitRate();
    expect(rate.read(reportOf(5, 15))).toBe(0.25);
    expect(rate.read(reportOf(5, 15))).toBe(0.25);
    expect(rate.read(reportOf(24, 15))).toBe(0.25);
    expect(rate.read(reportOf(25, 15))).toBe(1);
  });

  it('is not known of a cache that was changed until that one was looked up often enough', () => {
    const rate = new RecentHitRate();
    expect(rate.read(reportOf(0, 30))).toBe(0);
    expect(rate.read(reportOf(0, 30, 20))).toBeUndefined();
    expect(rate.read(reportOf(0, 49, 20))).toBeUndefined();
    expect(rate.read(reportOf(60, 50, 20))).toBe(0.75);
  });

  it('goes on when the vault worker was started anew and counts from nothing', () => {
    const rate = new RecentHitRate();
    expect(rate.read(reportOf(100, 100))).toBe(0.5);
    expect(rate.read(reportOf(2, 3))).toBe(0.5);
    expect(rate.read(reportOf(2, 23))).toBe(0.08);
  });
});
