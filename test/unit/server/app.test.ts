import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { AggregatesSource } from '../../../server/http/aggregates-source';
import { createApp } from '../../../server/http/app';
import { createLog } from '../../../server/http/log';
import { EndpointMetrics } from '../../../server/http/metrics';
import { Readiness } from '../../../server/http/readiness';
import { MemoryPermits } from '../../../server/limits/memory-permits';
import { RateLimiter } from '../../../server/limits/rate-limiter';
import { Intake } from '../../../server/store/intake';
import { systemClock } from '../../../src/core/clock';

/** What a database driver says when the database is away, with an address in it. */
const away = () =>
  Promise.reject(Object.assign(new Error('connect to 203.0.113.9'), { code: 'ECONNREFUSED' }));

describe('while the database is away', () => {
  const lines: string[] = [];
  let app: FastifyInstance | undefined;

  afterEach(async () => {
    await app?.close();
    lines.length = 0;
  });

  async function start(): Promise<FastifyInstance> {
    const intake = new Intake(
      away,
      { committed: () => undefined, failed: () => undefined },
      {
        mostWaiting: 10,
        mostInGroup: 10,
        patienceMs: 50,
      },
    );
    app = await createApp({
      config: { origins: [], trustedProxies: [], requestTimeoutMs: 1_000 },
      intake,
      aggregates: new AggregatesSource({ countsSince: away }, systemClock),
      readiness: new Readiness(away),
      limiter: new RateLimiter(new MemoryPermits(), 100, systemClock),
      metrics: new EndpointMetrics(() => intake.pending),
      log: createLog('debug', (line) => lines.push(line)),
    });
    return app;
  }

  test('the endpoint is alive and not ready', async () => {
    const running = await start();
    expect((await running.inject('/health')).statusCode).toBe(200);
    expect((await running.inject('/ready')).statusCode).toBe(503);
    expect((await running.inject('/metrics')).body).toContain('echo_ready 0');
  });

  test('a batch is to be sent again, and says when', async () => {
    const answer = await (await start()).inject({
      method: 'POST',
      url: '/v1/reports',
      payload: {
        protocol: 1,
        idempotencyKey: 'AAAAAAAAAAAAAAAAAAAAAA',
        reports: [{ metric: 'action-undone', answer: 0 }],
      },
    });
    expect([answer.statusCode, answer.json().kind, answer.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '30',
    ]);
  });

  test('estimates and dashboard say so, and the log names the failure without its message', async () => {
    const running = await start();
    expect((await running.inject('/v1/aggregates')).json().kind).toBe('unavailable');
    const page = await running.inject('/');
    expect([page.statusCode, page.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(lines.join('')).toContain('ECONNREFUSED');
    expect(lines.join('')).not.toContain('203.0.113.9');
  });
});
