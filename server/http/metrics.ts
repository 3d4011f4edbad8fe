import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricId, metricIds } from '../../src/insights/protocol/metrics';
import type { IntakeAnswer } from '../store/intake';

/** Labels have these values and no others: nobody can make new time series by what they send. */
const routes = [
  '/',
  '/v1/reports',
  '/v1/aggregates',
  '/health',
  '/ready',
  '/metrics',
  '/openapi.json',
  '/styles.css',
  '/icon.svg',
] as const;
const methods = ['GET', 'POST', 'HEAD', 'OPTIONS'] as const;
const statuses = [200, 204, 304, 400, 401, 404, 408, 413, 415, 422, 429, 500, 503] as const;

const oneOf = <T extends string | number>(list: readonly T[], value: unknown): T | 'other' =>
  list.find((item) => item === value) ?? 'other';

/** What an operator watches; `docs/guide-operators.md` says how. */
export class EndpointMetrics {
  readonly registry = new Registry();
  readonly #requests = new Counter({
    name: 'echo_http_requests_total',
    help: 'Requests, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [this.registry],
  });
  readonly #durations = new Histogram({
    name: 'echo_http_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly #batches = new Counter({
    name: 'echo_batches_total',
    help: 'Valid batches, by what became of them.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly #reports = new Counter({
    name: 'echo_reports_counted_total',
    help: 'Reports that were counted, by question.',
    labelNames: ['metric'],
    registers: [this.registry],
  });
  readonly #commits = new Histogram({
    name: 'echo_commit_duration_seconds',
    help: 'Time that one transaction took.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly #groups = new Histogram({
    name: 'echo_commit_batches',
    help: 'Batches in one transaction.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });
  readonly #failures = new Counter({
    name: 'echo_commit_failures_total',
    help: 'Transactions that failed; each is tried again for three seconds.',
    registers: [this.registry],
  });
  readonly #isReady = new Gauge({
    name: 'echo_ready',
    help: '1 while this replica takes reports.',
    registers: [this.registry],
  });
  readonly #isLimitShared = new Gauge({
    name: 'echo_rate_limit_shared',
    help: '1 while the rate limit is counted over all replicas, 0 while this one counts for itself.',
    registers: [this.registry],
  });

  /** @param pending batches without an answer, asked for when the metrics are read */
  constructor(pending: () => number) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'echo_batches_pending',
      help: 'Batches that wait for their transaction.',
      registers: [this.registry],
      collect() {
        this.set(pending());
      },
    });
    // Present from the start, so that a first failure is an increase and not a new series.
    for (const outcome of ['counted', 'repeated', 'reused', 'overloaded', 'unavailable'] as const)
      this.#batches.inc({ outcome }, 0);
    for (const metric of metricIds) this.#reports.inc({ metric }, 0);
    this.#isLimitShared.set(1);
  }

  answered(route: string | undefined, method: string, status: number, tookMs: number): void {
    const known = oneOf(routes, route);
    this.#requests.inc({ route: known, method: oneOf(methods, method), status: oneOf(statuses, status) });
    this.#durations.observe({ route: known }, tookMs / 1_000);
  }

  took(outcome: IntakeAnswer, reports: readonly { readonly metric: MetricId }[]): void {
    this.#batches.inc({ outcome });
    if (outcome === 'counted') for (const { metric } of reports) this.#reports.inc({ metric });
  }

  committed(batches: number, tookMs: number): void {
    this.#commits.observe(tookMs / 1_000);
    this.#groups.observe(batches);
  }

  commitFailed(): void {
    this.#failures.inc();
  }

  ready(isReady: boolean): void {
    this.#isReady.set(isReady ? 1 : 0);
  }

  rateLimitShared(isShared: boolean): void {
    this.#isLimitShared.set(isShared ? 1 : 0);
  }
}
