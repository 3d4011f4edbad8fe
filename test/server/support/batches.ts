import { randomBytes } from 'node:crypto';
import {
  encodeReportBatch,
  idempotencyKeyOf,
  type Report,
  type ReportBatch,
} from '../../../src/insights/protocol/report-batch';

/** A batch as a device sends it, with a key of its own. */
export const batchOf = (...reports: readonly Report[]): ReportBatch => ({
  protocol: 1,
  idempotencyKey: idempotencyKeyOf(randomBytes(16)),
  reports: [...reports],
});

export const yes: Report = { metric: 'action-undone', answer: 1 };
export const no: Report = { metric: 'action-undone', answer: 0 };

/** Posts the exact bytes of a batch. */
export const post = (url: string, batch: ReportBatch, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: encodeReportBatch(batch),
    ...init,
  });
