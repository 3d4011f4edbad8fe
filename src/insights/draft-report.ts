import { assignedMetrics } from './assignment';
import { askableMetrics, budgetAt, type Spend } from './budget';
import { epochOf, epochStartMs } from './epoch';
import { frozenAnswer } from './frozen-answer';
import { keyedBits, type Sign } from './keyed-bits';
import { PROTOCOL_VERSION } from './protocol/limits';
import type { MetricId } from './protocol/metrics';
import { encodeReportBatch, idempotencyKeyOf } from './protocol/report-batch';

/** The true bucket of every question that can be answered on this device at the moment. Never stored. */
export type MetricValues = { readonly [M in MetricId]?: number };

/** A report as it would be made now. */
export interface ReportDraft {
  readonly metric: MetricId;
  readonly epoch: number;
  /** The true bucket. */
  readonly value: number;
  /** The bucket that is said. */
  readonly answer: number;
  /** Exactly what would be sent. */
  readonly body: Uint8Array<ArrayBuffer>;
}

export type NextReport =
  | { readonly kind: 'draft'; readonly draft: ReportDraft }
  /** None is made before this moment. */
  | { readonly kind: 'later'; readonly notBeforeMs: number };

const KEY_BYTES = 16;

/**
 * The next report, as the rules have it. The same inputs give the same bytes: what is shown is what is queued.
 *
 * @param nowMs a time that never goes back
 */
export async function draftReport(
  sign: Sign,
  nowMs: number,
  spends: readonly Spend[],
  values: MetricValues,
): Promise<NextReport> {
  const { nextAtMs } = budgetAt(spends, nowMs);
  const epoch = epochOf(nowMs);
  if (nextAtMs > nowMs) return { kind: 'later', notBeforeMs: nextAtMs };
  const askable = askableMetrics(await assignedMetrics(sign, epoch), spends, nowMs);
  for (const metric of askable) {
    const value = values[metric];
    if (value !== undefined) return { kind: 'draft', draft: await drafted(sign, metric, epoch, value) };
  }
  // What is not known yet on this device may be known in a moment; other questions come with the next epoch.
  return { kind: 'later', notBeforeMs: askable.length > 0 ? nowMs : epochStartMs(epoch + 1) };
}

async function drafted(sign: Sign, metric: MetricId, epoch: number, value: number): Promise<ReportDraft> {
  const answer = await frozenAnswer(sign, metric, epoch, value);
  const bits = await keyedBits(sign, 'idempotency-key', metric, epoch, value);
  const body = encodeReportBatch({
    protocol: PROTOCOL_VERSION,
    idempotencyKey: idempotencyKeyOf(bits.subarray(0, KEY_BYTES)),
    reports: [{ metric, answer }],
  });
  return { metric, epoch, value, answer, body };
}
