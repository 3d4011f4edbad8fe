import { afterEach, describe, expect, inject, test } from 'vitest';
import type { ServerConfig } from '../../server/config';
import type { Endpoint } from '../../server/endpoint';
import { MemoryPermits } from '../../server/limits/memory-permits';
import { RedisPermits } from '../../server/limits/redis-permits';
import { epochMs, monotonicMs } from '../../src/core/units';
import { Balancer } from './support/balancer';
import { batchOf, no, post, yes } from './support/batches';
import { RunningEndpoints } from './support/running-endpoints';
import { storeKinds } from './support/stores';

const redis = inject('redis');
const postgres = storeKinds.find(({ name }) => name === 'PostgreSQL');
/** Half past some minute, and no later: limits do not end in the middle of a test. */
const still = { now: () => epochMs(1_782_900_030_000), monotonic: () => monotonicMs(0) };

describe('three replicas behind a balancer', () => {
  const running = new RunningEndpoints();
  let balancer: Balancer | undefined;

  afterEach(async () => {
    await balancer?.stop();
    await running.stopAll();
    await postgres?.clear();
  });

  async function start(changes: Partial<ServerConfig>): Promise<readonly Endpoint[]> {
    const store = await postgres?.empty();
    if (store === undefined) throw new Error('the list of stores has PostgreSQL');
    const replicas = await Promise.all(
      Array.from({ length: 3 }, () =>
        running.start(store, { ...changes, trustedProxies: ['127.0.0.1'] }, still),
      ),
    );
    balancer = await Balancer.start(replicas.map(({ url }) => url));
    return replicas;
  }

  const on = test.skipIf(postgres?.missing !== undefined);

  on('a batch that reaches all of them fifty times over is counted once', async () => {
    await start({});
    const batch = batchOf(yes, no);
    const url = balancer?.url ?? '';
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(url, batch)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { metrics } = await (await fetch(`${url}/v1/aggregates`)).json();
    expect(metrics.find(({ metric }: { metric: string }) => metric === 'action-undone').total.reports).toBe(
      2,
    );
  });

  on('one that ends is not missed', async () => {
    const [first] = await start({});
    const url = balancer?.url ?? '';
    const before = await Promise.all(Array.from({ length: 30 }, () => post(url, batchOf(yes))));
    const ending = first?.stop();
    const during = await Promise.all(Array.from({ length: 30 }, () => post(url, batchOf(yes))));
    await ending;
    const after = await Promise.all(Array.from({ length: 30 }, () => post(url, batchOf(yes))));
    expect([...before, ...during, ...after].every(({ status }) => status === 200)).toBe(true);
  });

  test.skipIf(postgres?.missing !== undefined || 'reason' in redis).each([
    { where: 'Redis', changes: 'url' in redis ? { redisUrl: redis.url } : {} },
    { where: 'PostgreSQL', changes: {} },
  ])('share one rate limit through $where', async ({ changes }) => {
    const limit = 40;
    await start({ ...changes, requestsPerMinute: limit });
    const url = balancer?.url ?? '';
    let admitted = 0;
    let refused = 0;
    for (let index = 0; index < 3 * limit; index += 1) {
      const { status, headers } = await post(url, batchOf(yes));
      if (status === 200) admitted += 1;
      else {
        refused += 1;
        expect([status, headers.get('retry-after')]).toEqual([429, '30']);
      }
    }
    expect(admitted + refused).toBe(3 * limit);
    expect(admitted).toBeLessThanOrEqual(limit);
    // A tenth of the limit may lie unused with each of the two others.
    expect(admitted).toBeGreaterThanOrEqual(limit - 2 * (limit / 10));
  });
});

describe('permits', () => {
  const shared = 'url' in redis ? redis.url : '';
  test.skipIf('reason' in redis)('end with their minute in Redis, and never exceed the limit', async () => {
    const minute = Math.floor(Math.random() * 1e9);
    const all = await Promise.all([RedisPermits.open(shared), RedisPermits.open(shared)]);
    expect(new Set(await Promise.all(all.map((permits) => permits.salt(minute)))).size).toBe(1);
    const taken = await Promise.all(
      Array.from({ length: 9 }, (_, index) => (all[index % 2] ?? all[0])?.take(minute, 'somebody', 3, 20)),
    );
    expect(taken.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBe(20);
    await Promise.all(all.map((permits) => permits.close()));
  });

  test('in memory behave the same', async () => {
    const permits = new MemoryPermits();
    const taken = await Promise.all(Array.from({ length: 9 }, () => permits.take(7, 'somebody', 3, 20)));
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(20);
    expect(await permits.take(8, 'somebody', 3, 20)).toBe(3);
  });
});
