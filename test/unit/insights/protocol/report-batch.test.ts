import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOST_BODY_BYTES,
  MOST_REPORTS_A_BATCH,
  meaningOf,
  PROTOCOL_VERSION,
} from '../../../../src/insights/protocol/limits';
import { bucketCount, metricBuckets, metricIds } from '../../../../src/insights/protocol/metrics';
import { MOST_BUCKETS } from '../../../../src/insights/protocol/randomised-response';
import {
  encodeReportBatch,
  idempotencyKeyOf,
  parseReportBatch,
  type ReportBatch,
} from '../../../../src/insights/protocol/report-batch';

const anyKey = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(idempotencyKeyOf);
const anyReport = fc
  .constantFrom(...metricIds)
  .chain((metric) => fc.record({ metric: fc.constant(metric), answer: fc.nat(bucketCount(metric) - 1) }));
const anyBatch: fc.Arbitrary<ReportBatch> = fc.record({
  protocol: fc.constant(PROTOCOL_VERSION),
  idempotencyKey: anyKey,
  reports: fc.array(anyReport, { minLength: 1, maxLength: MOST_REPORTS_A_BATCH }),
});

const decoded = (body: Uint8Array): unknown =>
  JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
const batch = {
  protocol: 1,
  idempotencyKey: idempotencyKeyOf(new Uint8Array(16)),
  reports: [{ metric: 'action-undone', answer: 1 }],
};

describe('a batch of reports', () => {
  it('arrives as it was sent, and within the limit', () => {
    fc.assert(
      fc.property(anyBatch, (sent) => {
        const body = encodeReportBatch(sent);
        expect(body.length).toBeLessThan(MOST_BODY_BYTES);
        expect(parseReportBatch(decoded(body))).toEqual({ ok: true, value: sent });
      }),
    );
  });

  it('has one form: the order in which it was put together does not show', () => {
    const { protocol, idempotencyKey } = batch;
    const turned = {
      reports: [{ answer: 1, metric: 'action-undone' }],
      idempotencyKey,
      protocol,
    } as ReportBatch;
    expect(encodeReportBatch(turned)).toEqual(encodeReportBatch(batch as ReportBatch));
    expect(new TextDecoder().decode(encodeReportBatch(batch as ReportBatch))).toBe(
      '{"protocol":1,"idempotencyKey":"AAAAAAAAAAAAAAAAAAAAAA","reports":[{"metric":"action-undone","answer":1}]}',
    );
  });

  it.each([
    ['a field too many', { ...batch, userId: 'x' }, 'userId'],
    [
      'a field too many in a report',
      { ...batch, reports: [{ ...batch.reports[0], day: 1 }] },
      'reports.0.day',
    ],
    ['another version', { ...batch, protocol: 2 }, 'protocol'],
    ['a version as text', { ...batch, protocol: '1' }, 'protocol'],
    ['no report', { ...batch, reports: [] }, 'reports'],
    ['17 reports', { ...batch, reports: Array(17).fill(batch.reports[0]) }, 'reports'],
    ['an unknown question', { ...batch, reports: [{ metric: 'age', answer: 0 }] }, 'reports.0.metric'],
    [
      'a bucket too high',
      { ...batch, reports: [{ metric: 'action-undone', answer: 2 }] },
      'reports.0.answer',
    ],
    [
      'a negative bucket',
      { ...batch, reports: [{ metric: 'action-undone', answer: -1 }] },
      'reports.0.answer',
    ],
    ['half a bucket', { ...batch, reports: [{ metric: 'action-undone', answer: 0.5 }] }, 'reports.0.answer'],
    [
      'a bucket as text',
      { ...batch, reports: [{ metric: 'action-undone', answer: '1' }] },
      'reports.0.answer',
    ],
    ['a short key', { ...batch, idempotencyKey: 'AAAA' }, 'idempotencyKey'],
    ['a key of 132 bits', { ...batch, idempotencyKey: 'AAAAAAAAAAAAAAAAAAAAAB' }, 'idempotencyKey'],
    ['nothing', undefined, '(root)'],
  ])('is refused with %s, and the place is named', (_, value, path) => {
    expect(parseReportBatch(value)).toMatchObject({ ok: false, error: { kind: 'bad-batch', path } });
  });

  it('is refused without a failure, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseReportBatch(value).ok).toBe(false);
      }),
    );
  });
});

describe('the registry of questions', () => {
  it('has at most eight, each with two to eight different answers', () => {
    expect(metricIds.length).toBeLessThanOrEqual(8);
    for (const metric of metricIds) {
      expect(bucketCount(metric)).toBeGreaterThanOrEqual(2);
      expect(bucketCount(metric)).toBeLessThanOrEqual(MOST_BUCKETS);
      expect(new Set(metricBuckets[metric]).size).toBe(bucketCount(metric));
    }
  });
});

describe('what an answer of the endpoint means', () => {
  it.each([
    [200, 'counted'],
    [202, 'counted'],
    [400, 'refused'],
    [413, 'refused'],
    [415, 'refused'],
    [422, 'refused'],
    [404, 'try-later'],
    [429, 'try-later'],
    [500, 'try-later'],
    [503, 'try-later'],
    [302, 'try-later'],
  ])('%i is %s', (status, meaning) => {
    expect(meaningOf(status)).toBe(meaning);
  });
});
