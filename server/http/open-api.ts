import type { FastifyInstance } from 'fastify';
import {
  MOST_BODY_BYTES,
  MOST_REPORTS_A_BATCH,
  PROTOCOL_VERSION,
  REPORTS_PATH,
  REPORTS_TYPE,
} from '../../src/insights/protocol/limits';
import { metricBuckets, metricIds } from '../../src/insights/protocol/metrics';
import { EPSILON_A_REPORT } from '../../src/insights/protocol/randomised-response';
import { CAVEAT } from '../aggregate/aggregates';
import { periodKinds } from '../aggregate/periods';
import { AGGREGATES_PATH } from './aggregates-route';
import { PROBLEM_TYPE, type ProblemKind, problems } from './problem';

const object = (properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const share = { type: 'number', minimum: 0, maximum: 1 };
const count = { type: 'integer', minimum: 0 };
const day = { type: 'string', format: 'date' };

const schemas = {
  Report: {
    description: 'One answer, disguised on the device: the index of a bucket of its question.',
    oneOf: metricIds.map((metric) =>
      object({
        metric: { const: metric },
        answer: { type: 'integer', minimum: 0, maximum: metricBuckets[metric].length - 1 },
      }),
    ),
  },
  ReportBatch: object({
    protocol: { const: PROTOCOL_VERSION },
    idempotencyKey: {
      type: 'string',
      description: '128 random bits in base64url. A retry carries the same key and the same bytes.',
      pattern: '^[A-Za-z0-9_-]{21}[AQgw]$',
    },
    reports: { type: 'array', minItems: 1, maxItems: MOST_REPORTS_A_BATCH, items: reference('Report') },
  }),
  Accepted: object({ accepted: { type: 'integer', minimum: 1, maximum: MOST_REPORTS_A_BATCH } }),
  Aggregate: {
    oneOf: [
      object({
        kind: { const: 'not-enough-data' },
        reports: count,
        missing: { type: 'integer', minimum: 1, description: 'Reports until an estimate is published.' },
      }),
      object({
        kind: { const: 'estimate' },
        reports: count,
        cells: {
          type: 'array',
          description: 'In the order of the buckets. Low and high are the ends of the 95 % interval.',
          items: object({ bucket: { type: 'string' }, share, low: share, high: share }),
        },
      }),
    ],
  },
  Aggregates: object({
    protocol: { const: PROTOCOL_VERSION },
    day,
    period: { enum: periodKinds },
    epsilonAReport: { const: EPSILON_A_REPORT },
    caveat: { type: 'string' },
    metrics: {
      type: 'array',
      items: object({
        metric: { enum: metricIds },
        buckets: { type: 'array', items: { type: 'string' } },
        leastReports: count,
        movedByOnePercentFakes: share,
        total: reference('Aggregate'),
        periods: { type: 'array', items: object({ from: day, to: day, aggregate: reference('Aggregate') }) },
      }),
    },
  }),
  Problem: object(
    {
      title: { type: 'string' },
      status: { type: 'integer' },
      kind: { enum: Object.keys(problems) },
      detail: { type: 'string' },
    },
    ['detail'],
  ),
  Status: object({ status: { enum: ['ok', 'ready'] } }),
};

const json = (name: keyof typeof schemas, description: string) => ({
  description,
  content: { 'application/json': { schema: reference(name) } },
});

/** Several problems may share a status. */
function refused(...kinds: readonly ProblemKind[]): Readonly<Record<string, unknown>> {
  const statuses = [...new Set(kinds.map((kind) => problems[kind].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const titles = kinds
        .filter((kind) => problems[kind].status === status)
        .map((kind) => problems[kind].title);
      return [
        status,
        { description: titles.join(' Or: '), content: { [PROBLEM_TYPE]: { schema: reference('Problem') } } },
      ];
    }),
  );
}

const period = {
  name: 'period',
  in: 'query',
  required: false,
  schema: { enum: periodKinds, default: 'month' },
};

/** Everything there is to call, as OpenAPI 3.1. A test compares it with what the endpoint does. */
export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'Claude Echo insights endpoint',
    version: `${PROTOCOL_VERSION}.0.0`,
    description: `Counts answers that were disguised on the device they came from, and publishes what can be known of them together. Keeps days and counts only. ${CAVEAT}`,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  paths: {
    [REPORTS_PATH]: {
      post: {
        operationId: 'postReports',
        summary: `Counts a batch once, however often it arrives. At most ${MOST_BODY_BYTES} bytes.`,
        requestBody: { required: true, content: { [REPORTS_TYPE]: { schema: reference('ReportBatch') } } },
        responses: {
          200: json('Accepted', 'The batch is counted: now, or when it came before.'),
          ...refused(
            'bad-batch',
            'too-slow',
            'body-too-large',
            'not-json',
            'key-reused',
            'rate-limited',
            'overloaded',
            'unavailable',
          ),
        },
      },
    },
    [AGGREGATES_PATH]: {
      get: {
        operationId: 'getAggregates',
        summary: 'Estimates with their intervals, for the last periods and for all of them together.',
        parameters: [period],
        responses: {
          200: json('Aggregates', 'The estimates. The last period is not over.'),
          ...refused('bad-request', 'rate-limited', 'overloaded', 'unavailable'),
        },
      },
    },
    '/health': {
      get: {
        operationId: 'getHealth',
        summary: 'Whether this replica is alive.',
        responses: { 200: json('Status', 'It is.') },
      },
    },
    '/ready': {
      get: {
        operationId: 'getReady',
        summary: 'Whether this replica should be sent requests.',
        responses: { 200: json('Status', 'It should.'), ...refused('unavailable', 'closing') },
      },
    },
    '/metrics': {
      get: {
        operationId: 'getMetrics',
        summary: 'How this replica is doing, for Prometheus.',
        security: [{}, { metricsToken: [] }],
        responses: {
          200: {
            description: 'Text exposition format.',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
          ...refused('token-needed'),
        },
      },
    },
    '/': {
      get: {
        operationId: 'getDashboard',
        summary: 'The estimates as a page for people.',
        parameters: [
          period,
          { name: 'lang', in: 'query', required: false, schema: { enum: ['en', 'zh-CN'] } },
        ],
        responses: {
          200: { description: 'The page.', content: { 'text/html': { schema: { type: 'string' } } } },
          503: {
            description: 'The page, without numbers.',
            content: { 'text/html': { schema: { type: 'string' } } },
          },
          ...refused('bad-request', 'rate-limited'),
        },
      },
    },
  },
  components: {
    schemas,
    securitySchemes: { metricsToken: { type: 'http', scheme: 'bearer' } },
  },
};

export function openApiRoute(app: FastifyInstance): void {
  app.get('/openapi.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').send(openApi),
  );
}
