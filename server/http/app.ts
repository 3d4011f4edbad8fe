import cors from '@fastify/cors';
import underPressure from '@fastify/under-pressure';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { ServerConfig } from '../config';
import { dashboardRoutes } from '../dashboard/routes';
import type { RateLimiter } from '../limits/rate-limiter';
import type { Intake } from '../store/intake';
import { aggregatesRoute } from './aggregates-route';
import type { AggregatesSource } from './aggregates-source';
import type { Log } from './log';
import type { EndpointMetrics } from './metrics';
import { openApiRoute } from './open-api';
import { probes } from './probes';
import { PROBLEM_TYPE, type ProblemKind, problemBody, problems, sendProblem } from './problem';
import type { Readiness } from './readiness';
import { reportsRoute } from './reports-route';
import { securityHeaders } from './security-headers';

export interface AppParts {
  readonly config: Pick<ServerConfig, 'origins' | 'trustedProxies' | 'metricsToken' | 'requestTimeoutMs'>;
  readonly intake: Intake;
  readonly aggregates: AggregatesSource;
  readonly readiness: Readiness;
  readonly limiter: RateLimiter;
  readonly metrics: EndpointMetrics;
  readonly log: Log;
}

/** Headers have to be there after so long, if the whole request may take longer. */
const HEADERS_TIMEOUT_MS = 5_000;
const MOST_SOCKETS = 4_096;
/** Later than this a timer means that the processor is asked for more than it has. */
const MOST_EVENT_LOOP_DELAY_MS = 1_000;

/** What Fastify and Node call their refusals, as problems of ours. */
const refusals: Readonly<Record<string, ProblemKind>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'not-json',
  FST_ERR_UNDER_PRESSURE: 'overloaded',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** The endpoint without its socket. It answers and logs nothing about who asked. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { config, readiness, limiter, metrics, log } = parts;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    requestTimeout: config.requestTimeoutMs,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: true,
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, config.requestTimeoutMs),
      connectionsCheckingInterval: 250,
    },
    routerOptions: {
      onBadUrl: (_path, _request, response) => {
        response.writeHead(400, { ...securityHeaders, 'content-type': PROBLEM_TYPE });
        response.end(JSON.stringify(problemBody('bad-request')));
      },
    },
    clientErrorHandler(error, socket) {
      const kind = refusals[error.code ?? ''] ?? 'bad-request';
      metrics.answered(undefined, 'other', problems[kind].status, 0);
      if (socket.writable) socket.end(rawAnswer(kind));
      else socket.destroy();
    },
  });
  app.server.maxConnections = MOST_SOCKETS;
  app.removeAllContentTypeParsers();

  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(securityHeaders);
    if (readiness.isClosing) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    metrics.answered(request.routeOptions.url, request.method, reply.statusCode, reply.elapsedTime);
    log.debug(
      { route: request.routeOptions.url ?? 'other', status: reply.statusCode, ms: reply.elapsedTime },
      'answered',
    );
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const kind = refusals[error.code] ?? (isRefusal(error) ? 'bad-request' : 'failed');
    if (kind === 'failed') log.error({ err: error }, 'request failed');
    return sendProblem(reply, kind, kind === 'overloaded' ? { retryAfterSeconds: 30 } : {});
  });

  await app.register(cors, {
    origin: [...config.origins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['content-type'],
    maxAge: 86_400,
  });
  probes(app, readiness, metrics, config.metricsToken);
  openApiRoute(app);
  // Probes must answer while there is too much to do; only what can wait is turned away.
  await app.register(async (limited) => {
    await limited.register(underPressure, {
      maxEventLoopDelay: MOST_EVENT_LOOP_DELAY_MS,
      retryAfter: 30,
    });
    limited.addHook('onRequest', async (request: FastifyRequest, reply) => {
      const admission = await limiter.admit(request.ip);
      if (admission.isAdmitted) return undefined;
      return sendProblem(reply, 'rate-limited', { retryAfterSeconds: admission.retryAfterSeconds });
    });
    reportsRoute(limited, parts.intake, metrics);
    aggregatesRoute(limited, parts.aggregates);
    dashboardRoutes(limited, parts.aggregates);
  });
  return app;
}

const isRefusal = ({ statusCode }: FastifyError): boolean =>
  statusCode !== undefined && statusCode >= 400 && statusCode < 500;

/** For connections that never became a request. */
function rawAnswer(kind: ProblemKind): string {
  const body = JSON.stringify(problemBody(kind));
  return [
    `HTTP/1.1 ${problems[kind].status} ${kind}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
