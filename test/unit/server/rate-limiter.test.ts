import { describe, expect, test } from 'vitest';
import { addressPrefix } from '../../../server/limits/address-prefix';
import { MemoryPermits } from '../../../server/limits/memory-permits';
import type { Permits } from '../../../server/limits/permits';
import { RateLimiter } from '../../../server/limits/rate-limiter';
import type { Clock } from '../../../src/core/clock';
import { epochMs, monotonicMs } from '../../../src/core/units';

class SetClock implements Clock {
  nowMs = 1_782_900_010_000;
  now = () => epochMs(this.nowMs);
  monotonic = () => monotonicMs(this.nowMs);
}

async function admitted(limiter: RateLimiter, address: string, times: number): Promise<number> {
  let count = 0;
  for (let time = 0; time < times; time += 1) if ((await limiter.admit(address)).isAdmitted) count += 1;
  return count;
}

describe('the rate limit', () => {
  test('admits so many in a minute, and as many in the next', async () => {
    const clock = new SetClock();
    const limiter = new RateLimiter(new MemoryPermits(), 25, clock);
    expect(await admitted(limiter, '192.0.2.1', 40)).toBe(25);
    expect(await limiter.admit('192.0.2.1')).toEqual({ isAdmitted: false, retryAfterSeconds: 50 });
    expect(await admitted(limiter, '192.0.2.2', 1)).toBe(1);
    clock.nowMs += 50_000;
    expect(await admitted(limiter, '192.0.2.1', 40)).toBe(25);
  });

  test('holds when all come at once', async () => {
    const limiter = new RateLimiter(new MemoryPermits(), 25, new SetClock());
    const all = await Promise.all(Array.from({ length: 60 }, () => limiter.admit('192.0.2.1')));
    expect(all.filter(({ isAdmitted }) => isAdmitted)).toHaveLength(25);
  });

  test('asks the shared count once for ten requests', async () => {
    let asked = 0;
    const memory = new MemoryPermits();
    const counting: Permits = {
      salt: (minute) => memory.salt(minute),
      take: (...given) => {
        asked += 1;
        return memory.take(...given);
      },
      forgetBefore: (minute) => memory.forgetBefore(minute),
      close: () => memory.close(),
    };
    await admitted(new RateLimiter(counting, 100, new SetClock()), '192.0.2.1', 100);
    expect(asked).toBe(10);
  });

  test('shares no address: only a pseudonym, and another one every minute', async () => {
    const seen: string[] = [];
    const memory = new MemoryPermits();
    const watching: Permits = {
      salt: (minute) => memory.salt(minute),
      take: async (_minute, pseudonym, wanted) => {
        seen.push(pseudonym);
        return wanted;
      },
      forgetBefore: (minute) => memory.forgetBefore(minute),
      close: () => memory.close(),
    };
    const clock = new SetClock();
    const limiter = new RateLimiter(watching, 10, clock);
    await limiter.admit('192.0.2.1');
    clock.nowMs += 60_000;
    await limiter.admit('192.0.2.1');
    expect(seen).toHaveLength(2);
    expect(new Set(seen).size).toBe(2);
    expect(seen.join()).not.toContain('192');
  });

  test('counts for itself, with the same limit, while the shared count is away', async () => {
    const away: Permits = {
      salt: () => Promise.reject(new Error('away')),
      take: () => Promise.reject(new Error('away')),
      forgetBefore: () => Promise.reject(new Error('away')),
      close: async () => undefined,
    };
    const told: boolean[] = [];
    const limiter = new RateLimiter(away, 25, new SetClock(), (isShared) => told.push(isShared));
    expect(await admitted(limiter, '192.0.2.1', 40)).toBe(25);
    expect(new Set(told)).toEqual(new Set([false]));
  });
});

describe('what counts as one subscriber', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['elsewhere', 'unknown'],
  ])('%s is %s', (address, prefix) => expect(addressPrefix(address)).toBe(prefix));
});
