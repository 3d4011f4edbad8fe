import type { FastifyInstance } from 'fastify';
import { MOST_BODY_BYTES, REPORTS_PATH, REPORTS_TYPE } from '../../src/insights/protocol/limits';
import { parseReportBatch } from '../../src/insights/protocol/report-batch';
import { batchIdentity } from '../store/batch-identity';
import type { Intake } from '../store/intake';
import type { EndpointMetrics } from './metrics';
import { sendProblem } from './problem';

/** Seconds after which a client may send the same bytes again. */
const RETRY_AFTER_SECONDS = 30;

/**
 * Takes batches. The answer says only how many reports the batch has, so that a repeated one gets the same answer
 * without anything having been kept for it.
 */
export function reportsRoute(app: FastifyInstance, intake: Intake, metrics: EndpointMetrics): void {
  // The bytes are kept as they came: they are what a repeated batch is compared by.
  app.addContentTypeParser(
    REPORTS_TYPE,
    { parseAs: 'buffer', bodyLimit: MOST_BODY_BYTES },
    (_request, body, done) => done(null, body),
  );
  app.post(REPORTS_PATH, { bodyLimit: MOST_BODY_BYTES }, async (request, reply) => {
    if (!(request.body instanceof Uint8Array)) return sendProblem(reply, 'not-json');
    const parsed = parseReportBatch(parseJson(request.body));
    if (!parsed.ok) {
      const detail = `${parsed.error.path}: ${parsed.error.message}`;
      return sendProblem(reply, 'bad-batch', { detail: printable(detail) });
    }
    const { protocol, idempotencyKey, reports } = parsed.value;
    const outcome = await intake.take({
      ...batchIdentity(idempotencyKey, request.body),
      protocol,
      reports,
    });
    metrics.took(outcome, reports);
    switch (outcome) {
      case 'counted':
      case 'repeated':
        return reply.header('cache-control', 'no-store').send({ accepted: reports.length });
      case 'reused':
        return sendProblem(reply, 'key-reused');
      case 'overloaded':
      case 'unavailable':
        return sendProblem(reply, outcome, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What cannot be read is `undefined`, which is no batch either. */
function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}

/** The path of an issue may quote what somebody sent. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
