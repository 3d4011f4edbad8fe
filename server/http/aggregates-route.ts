import type { FastifyInstance } from 'fastify';
import { periodKinds } from '../aggregate/periods';
import { type AggregatesSource, parsePeriodKind } from './aggregates-source';
import { sendProblem } from './problem';

export const AGGREGATES_PATH = '/v1/aggregates';

/** Estimates as JSON: `?period=week`, `month` (as without it) or `quarter`. */
export function aggregatesRoute(app: FastifyInstance, source: AggregatesSource): void {
  app.get<{ Querystring: Record<string, unknown> }>(AGGREGATES_PATH, async (request, reply) => {
    const { period = 'month', ...others } = request.query;
    const kind = parsePeriodKind(period);
    if (kind === undefined || Object.keys(others).length > 0)
      return sendProblem(reply, 'bad-request', {
        detail: `the only parameter is period, which is one of ${periodKinds.join(', ')}`,
      });
    const aggregates = await source.get(kind).catch((err: unknown) => {
      app.log.warn({ err }, 'aggregates not read');
      return undefined;
    });
    if (aggregates === undefined) return sendProblem(reply, 'unavailable', { retryAfterSeconds: 30 });
    return reply.header('cache-control', 'public, max-age=60').send(aggregates);
  });
}
