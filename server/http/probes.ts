import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { EndpointMetrics } from './metrics';
import { sendProblem } from './problem';
import type { Readiness } from './readiness';

/** For whoever runs the endpoint: is it alive, may it have requests, how is it doing. */
export function probes(
  app: FastifyInstance,
  readiness: Readiness,
  metrics: EndpointMetrics,
  metricsToken: string | undefined,
): void {
  // Alive means only that it answers: ending it would not mend a database.
  app.get('/health', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get('/ready', async (_request, reply) => {
    const state = await readiness.state();
    metrics.ready(state === 'ready');
    reply.header('cache-control', 'no-store');
    return state === 'ready'
      ? reply.send({ status: 'ready' })
      : sendProblem(reply, state, { retryAfterSeconds: 1 });
  });
  app.get('/metrics', async (request, reply) => {
    if (metricsToken !== undefined && !isBearer(request.headers.authorization, metricsToken))
      return sendProblem(reply.header('www-authenticate', 'Bearer'), 'token-needed');
    metrics.ready((await readiness.state()) === 'ready');
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.registry.contentType)
      .send(await metrics.registry.metrics());
  });
}

/** Takes equally long wherever the two differ. */
function isBearer(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
