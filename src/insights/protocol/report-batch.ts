import * as v from 'valibot';
import { err, ok, type Result } from '../../core/result';
import { MOST_REPORTS_A_BATCH, PROTOCOL_VERSION } from './limits';
import { bucketCount, metricIds } from './metrics';

/** 128 random bits in base64url: names one batch, and nothing else. */
const KEY = /^[A-Za-z0-9_-]{21}[AQgw]$/;

export const IdempotencyKeySchema = v.pipe(v.string(), v.regex(KEY, 'must be 128 bits in base64url'));

export const ReportSchema = v.pipe(
  v.strictObject({
    metric: v.picklist(metricIds),
    /** Index of a bucket, after randomised response. */
    answer: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.forward(
    v.check(({ metric, answer }) => answer < bucketCount(metric), 'must be a bucket of the metric'),
    ['answer'],
  ),
);

/**
 * The whole body of a request. There is no identifier, no time and no version of the app in it. Nothing is
 * coerced, and nothing is silently left out: a field too many is an error.
 */
export const ReportBatchSchema = v.strictObject({
  protocol: v.literal(PROTOCOL_VERSION),
  /** A retry carries the same key and the same bytes; it is counted once. */
  idempotencyKey: IdempotencyKeySchema,
  reports: v.pipe(v.array(ReportSchema), v.minLength(1), v.maxLength(MOST_REPORTS_A_BATCH)),
});

export type Report = v.InferOutput<typeof ReportSchema>;
export type ReportBatch = v.InferOutput<typeof ReportBatchSchema>;

export interface BadBatch {
  readonly kind: 'bad-batch';
  /** Dotted; `(root)` for the whole. */
  readonly path: string;
  readonly message: string;
}

/** @param value parsed JSON */
export function parseReportBatch(value: unknown): Result<ReportBatch, BadBatch> {
  const parsed = v.safeParse(ReportBatchSchema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return err({ kind: 'bad-batch', path: v.getDotPath(issue) ?? '(root)', message: issue.message });
}

/** The bytes that are shown, queued and sent: UTF-8 JSON without spaces, keys in this order. */
export function encodeReportBatch({
  protocol,
  idempotencyKey,
  reports,
}: ReportBatch): Uint8Array<ArrayBuffer> {
  const ordered = reports.map(({ metric, answer }) => ({ metric, answer }));
  return new TextEncoder().encode(JSON.stringify({ protocol, idempotencyKey, reports: ordered }));
}

/** @param random 16 uniformly random bytes */
export function idempotencyKeyOf(random: Uint8Array): string {
  const text = btoa(String.fromCharCode(...random));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
