import type { FastifyReply } from 'fastify';

/** Why a request was not answered: a fixed list, for clients and for metrics. */
export const problems = {
  'bad-request': { status: 400, title: 'The request is not valid.' },
  'bad-batch': { status: 400, title: 'The batch is not valid.' },
  'token-needed': { status: 401, title: 'The metrics token is needed.' },
  'not-found': { status: 404, title: 'There is nothing at this address.' },
  'too-slow': { status: 408, title: 'The request did not arrive in time.' },
  'body-too-large': { status: 413, title: 'The body is larger than 16384 bytes.' },
  'not-json': { status: 415, title: 'The body has to be application/json.' },
  'key-reused': { status: 422, title: 'This idempotency key was used for another body.' },
  'rate-limited': { status: 429, title: 'Too many requests from this network address.' },
  'headers-too-large': { status: 431, title: 'The headers are too large.' },
  failed: { status: 500, title: 'The endpoint has a bug. Nothing was counted.' },
  overloaded: { status: 503, title: 'Too much to do. Send the same request again later.' },
  unavailable: { status: 503, title: 'The database does not answer. Send the same request again later.' },
  closing: { status: 503, title: 'This replica is about to end.' },
} as const;

export type ProblemKind = keyof typeof problems;

export const PROBLEM_TYPE = 'application/problem+json';

/** Body of a problem (RFC 9457), with its `kind` beside the members of the standard. */
export const problemBody = (kind: ProblemKind, detail?: string) => ({
  title: problems[kind].title,
  status: problems[kind].status,
  kind,
  ...(detail === undefined ? {} : { detail }),
});

/** @param retryAfterSeconds for what may go better later */
export function sendProblem(
  reply: FastifyReply,
  kind: ProblemKind,
  { detail, retryAfterSeconds }: { readonly detail?: string; readonly retryAfterSeconds?: number } = {},
): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', `${retryAfterSeconds}`);
  return reply.code(problems[kind].status).type(PROBLEM_TYPE).send(problemBody(kind, detail));
}
