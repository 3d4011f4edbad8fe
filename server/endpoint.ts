import { assert } from '../src/core/assert';
import { type Clock, systemClock } from '../src/core/clock';
import type { ServerConfig } from './config';
import { AggregatesSource } from './http/aggregates-source';
import { createApp } from './http/app';
import type { Log } from './http/log';
import { EndpointMetrics } from './http/metrics';
import { Readiness } from './http/readiness';
import { MemoryPermits } from './limits/memory-permits';
import type { Permits } from './limits/permits';
import { PostgresPermits } from './limits/postgres-permits';
import { RateLimiter } from './limits/rate-limiter';
import { RedisPermits } from './limits/redis-permits';
import { Intake } from './store/intake';
import { migrate } from './store/migrations';
import { type Database, openDatabase } from './store/open-database';
import { ReportStore } from './store/report-store';
import { daysBefore, utcDay } from './store/utc-day';

export interface Endpoint {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /**
   * Says "not ready", waits for the balancer to notice, answers what is under way, writes it out, and closes. Takes
   * less than ten seconds.
   */
  stop(): Promise<void>;
}

/** How long a batch is tried again while the database fails. */
const PATIENCE_MS = 3_000;
const HOUSEKEEPING_MS = 6 * 3_600_000;
/** What is still open then belongs to somebody who does not read. */
const MOST_CLOSING_MS = 4_000;

/** @throws when the database cannot be opened or brought up to date, or the port is taken */
export async function startEndpoint(
  config: ServerConfig,
  log: Log,
  clock: Clock = systemClock,
): Promise<Endpoint> {
  const database = await openDatabase(config.store, (err) => log.warn({ err }, 'database connection lost'));
  await migrate(database.db, database.dialect);
  const store = new ReportStore(database.db);
  const intake: Intake = new Intake(
    (batches) => store.count(utcDay(clock.now()), batches),
    {
      committed: (batches, tookMs) => metrics.committed(batches, tookMs),
      failed: (err) => {
        metrics.commitFailed();
        log.warn({ err }, 'commit failed');
      },
    },
    { mostWaiting: config.mostWaiting, mostInGroup: config.mostInGroup, patienceMs: PATIENCE_MS },
  );
  const metrics: EndpointMetrics = new EndpointMetrics(() => intake.pending);
  const readiness = new Readiness(() => store.ping());
  const limiter = await createLimiter(config, database, clock, metrics, log);
  const app = await createApp({
    config,
    intake,
    aggregates: new AggregatesSource(store, clock),
    readiness,
    limiter,
    metrics,
    log,
  });
  const housekeeping = keepHouse(store, config.keepKeysDays, clock, log);
  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  assert(typeof address === 'object' && address !== null, 'a listening server has an address');
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${address.port}`;
  log.info({ url, store: config.store.kind }, 'listening');

  return {
    url,
    stop: async () => {
      readiness.close();
      log.info('closing');
      clearInterval(housekeeping);
      await new Promise((resolve) => setTimeout(resolve, config.drainDelayMs));
      const cut = setTimeout(() => app.server.closeAllConnections(), MOST_CLOSING_MS);
      await app.close();
      clearTimeout(cut);
      await intake.drained();
      await limiter.close();
      await database.db.destroy();
      log.info('closed');
    },
  };
}

async function createLimiter(
  config: ServerConfig,
  database: Database,
  clock: Clock,
  metrics: EndpointMetrics,
  log: Log,
): Promise<RateLimiter> {
  let wasShared = true;
  const watch = (isShared: boolean, err?: unknown): void => {
    metrics.rateLimitShared(isShared);
    if (isShared !== wasShared)
      log[isShared ? 'info' : 'warn']({ err }, isShared ? 'rate limit shared' : 'rate limit not shared');
    wasShared = isShared;
  };
  return new RateLimiter(await openPermits(config, database), config.requestsPerMinute, clock, watch);
}

async function openPermits(config: ServerConfig, database: Database): Promise<Permits> {
  if (config.redisUrl !== undefined) return RedisPermits.open(config.redisUrl);
  return database.dialect === 'postgres' ? new PostgresPermits(database.db) : new MemoryPermits();
}

function keepHouse(store: ReportStore, keepKeysDays: number, clock: Clock, log: Log): NodeJS.Timeout {
  const forget = (): void => {
    const before = daysBefore(utcDay(clock.now()), keepKeysDays);
    store.forgetBatchesBefore(before).catch((err: unknown) => log.warn({ err }, 'housekeeping failed'));
  };
  forget();
  return setInterval(forget, HOUSEKEEPING_MS).unref();
}
