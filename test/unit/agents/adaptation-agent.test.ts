import { describe, expect, it } from 'vitest';
import type { CacheSettings } from '../../../src/adaptation/performance-strategy';
import { AdaptationAgent } from '../../../src/agents/learning/adaptation-agent';
import { ConcurrencyLimit } from '../../../src/core/concurrency-limit';
import { newId, type UserId } from '../../../src/core/ids';
import { ok } from '../../../src/core/result';
import { EventSystem } from '../../../src/events/event-system';
import type { LearningEventMap } from '../../../src/events/learning-event';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import { manualClock } from '../metrics/manual-clock';

const ADA = newId<UserId>();
const HOUR_MS = 3_600_000;

/** The agent over a cache that has been asked so often, and a limit that was never in force. */
function watched() {
  const clock = manualClock(1_000);
  const factory = new LearningEventFactory('test', clock);
  const limit = new ConcurrencyLimit(2);
  const cache = {
    capacity: 10,
    ttlSeconds: 300,
    entries: 0,
    rows: 0,
    hits: 0,
    misses: 0,
    hitRate: undefined,
  };
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const agent = new AdaptationAgent({
    clock,
    logger,
    metrics: new LearningSystemMetrics(clock),
    events: new EventSystem<LearningEventMap, 'handler-failed'>({
      failureType: 'handler-failed',
      createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
      onUnreportedFailure: () => undefined,
    }),
    factory,
    store: { cacheReport: async () => ({ ...cache }) },
    limit,
    ports: {
      cache: {
        read: async () => ({ capacity: cache.capacity, ttlSeconds: cache.ttlSeconds }),
        change: async (to: CacheSettings) => {
          Object.assign(cache, to);
          return ok(to);
        },
      },
      concurrency: {
        read: () => limit.most,
        change: (maxWorkers) => {
          limit.resize(maxWorkers);
          return ok(limit.most);
        },
      },
    },
    userId: () => ADA,
    show: () => undefined,
  });
  const kinds = () => agent.manager.adaptations.flatMap(({ applied }) => applied.map(({ kind }) => kind));
  return { agent, clock, cache, limit, kinds };
}

async function crowd(limit: ConcurrencyLimit, jobs: number): Promise<void> {
  await Promise.all(Array.from({ length: jobs }, () => limit.run(async () => undefined)));
}

describe('adapting to a person', () => {
  it('changes nothing while they are content', async () => {
    const { agent, cache, kinds } = watched();
    cache.misses = 30;
    await agent.adapt();
    expect(kinds()).toEqual([]);
  });

  it('still knows of a poor cache that it looked at while they were content', async () => {
    const { agent, cache, kinds } = watched();
    cache.misses = 30;
    await agent.adapt();
    cache.misses += 2;
    agent.complained();
    await agent.adapt();
    expect(kinds()).toEqual(['cache-optimization']);
    expect(cache.capacity).toBe(20);
  });

  it('waits to see what the larger cache is worth before it changes it again', async () => {
    const { agent, cache } = watched();
    cache.misses = 30;
    agent.complained();
    await agent.adapt();
    await agent.adapt();
    expect(cache.capacity).toBe(20);
    cache.misses += 30;
    await agent.adapt();
    expect(cache.capacity).toBe(40);
  });

  it('still knows of a crowd of analyses that it saw while they were content, for an hour', async () => {
    const { agent, clock, limit, kinds } = watched();
    await crowd(limit, 12);
    await agent.adapt();
    clock.nowMs += HOUR_MS;
    agent.complained();
    await agent.adapt();
    expect(kinds()).toEqual(['concurrency-optimization']);
    expect(limit.most).toBe(20);
  });

  it('has forgotten a crowd, and a complaint, after more than an hour', async () => {
    const { agent, clock, limit, kinds } = watched();
    await crowd(limit, 12);
    await agent.adapt();
    clock.nowMs += HOUR_MS + 1;
    agent.complained();
    await agent.adapt();
    await crowd(limit, 12);
    clock.nowMs += HOUR_MS + 1;
    await agent.adapt();
    expect(kinds()).toEqual([]);
  });
});
