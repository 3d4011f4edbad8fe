import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignedMetrics, METRICS_AN_EPOCH } from '../../../src/insights/assignment';
import type { Spend } from '../../../src/insights/budget';
import { draftReport, type MetricValues } from '../../../src/insights/draft-report';
import { DAY_MS, EPOCH_DAYS, epochOf, epochStartMs } from '../../../src/insights/epoch';
import { frozenAnswer } from '../../../src/insights/frozen-answer';
import { bucketCount, type MetricId, metricIds } from '../../../src/insights/protocol/metrics';
import { deviceKey } from './device-key';

const NOW = Date.UTC(2026, 0, 1);
const zeros = Object.fromEntries(metricIds.map((metric) => [metric, 0])) as MetricValues;

async function drafted(seed: number, nowMs: number, spends: readonly Spend[], values = zeros) {
  const next = await draftReport(deviceKey(seed), nowMs, spends, values);
  if (next.kind !== 'draft') throw new Error(`not before ${next.notBeforeMs}`);
  return next.draft;
}

/** Asks every day for so long, and makes whatever may be made. */
async function yearOf(seed: number, days: number, values: MetricValues): Promise<readonly Spend[]> {
  const spends: Spend[] = [];
  for (let nowMs = NOW; nowMs < NOW + days * DAY_MS; nowMs += DAY_MS) {
    const next = await draftReport(deviceKey(seed), nowMs, spends, values);
    if (next.kind === 'draft') spends.push({ ...next.draft, atMs: nowMs });
  }
  return spends;
}

describe('a report', () => {
  it('has the same bytes however often it is drafted', async () => {
    expect((await drafted(1, NOW, [])).body).toEqual((await drafted(1, NOW + 1, [])).body);
  });

  it('has these bytes for this key: whoever changes how answers are drawn spends the budget anew', async () => {
    expect(new TextDecoder().decode((await drafted(1, NOW, [])).body)).toMatchInlineSnapshot(
      `"{"protocol":1,"idempotencyKey":"izAVTu9QU9a9sYnY9V1hJg","reports":[{"metric":"takes-per-phrase","answer":1}]}"`,
    );
  });

  it('says another thing, under another key, once the true value is another', async () => {
    const { metric } = await drafted(1, NOW, []);
    const bodies = new Set<string>();
    for (let value = 0; value < bucketCount(metric); value += 1) {
      const { body } = await drafted(1, NOW, [], { ...zeros, [metric]: value });
      bodies.add(JSON.parse(new TextDecoder().decode(body)).idempotencyKey);
    }
    expect(bodies.size).toBe(bucketCount(metric));
  });

  it('leaves out a question that has no answer yet, and waits when none has', async () => {
    const first = await drafted(1, NOW, []);
    const { [first.metric]: _, ...others } = zeros;
    expect((await drafted(1, NOW, [], others)).metric).not.toBe(first.metric);
    expect(await draftReport(deviceKey(1), NOW, [], {})).toEqual({ kind: 'later', notBeforeMs: NOW });
  });

  it('is about one of the two questions dealt for the epoch, each once', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const spends = await yearOf(seed, EPOCH_DAYS, zeros);
      for (const { metric, epoch } of spends) {
        expect(await assignedMetrics(deviceKey(seed), epoch)).toContain(metric);
      }
      for (const epoch of new Set(spends.map((spend) => spend.epoch))) {
        const asked = spends.filter((spend) => spend.epoch === epoch).map(({ metric }) => metric);
        expect(new Set(asked).size).toBe(asked.length);
        expect(asked.length).toBeLessThanOrEqual(METRICS_AN_EPOCH);
      }
    }
  });

  it('never asks one question twice in 365 days, in years of asking daily', async () => {
    for (let seed = 0; seed < 5; seed += 1) {
      const spends = await yearOf(seed, 800, zeros);
      expect(spends.length).toBeGreaterThan(8);
      for (const [at, { metric, atMs }] of spends.entries()) {
        const again = spends.slice(at + 1).find((later) => later.metric === metric);
        if (again !== undefined) expect(again.atMs - atMs).toBeGreaterThanOrEqual(365 * DAY_MS);
      }
    }
  });
});

describe('the answer to a question', () => {
  it('is frozen: asked 365 times, the device says one thing', async () => {
    const answers = new Set<number>();
    for (let day = 0; day < 365; day += 1) {
      answers.add(await frozenAnswer(deviceKey(7), 'phrases-taught', epochOf(NOW), 3));
    }
    expect(answers.size).toBe(1);
  });

  it('differs between devices and epochs as chance has it', async () => {
    let truths = 0;
    const draws = 2_000;
    for (let at = 0; at < draws; at += 1) {
      if ((await frozenAnswer(deviceKey(at % 50), 'action-undone', at, 1)) === 1) truths += 1;
    }
    // Four standard deviations around 0.731, of draws that are the same each time.
    expect(Math.abs(truths / draws - 0.731)).toBeLessThan(0.04);
  });
});

describe('the questions of an epoch', () => {
  it('are two different ones, the same each time', async () => {
    const first = await assignedMetrics(deviceKey(3), 700);
    expect(first).toHaveLength(METRICS_AN_EPOCH);
    expect(new Set(first).size).toBe(METRICS_AN_EPOCH);
    expect(await assignedMetrics(deviceKey(3), 700)).toEqual(first);
  });

  it('are dealt evenly', async () => {
    const dealt = new Map<MetricId, number>();
    for (let seed = 0; seed < 800; seed += 1) {
      for (const metric of await assignedMetrics(deviceKey(seed), 700)) {
        dealt.set(metric, (dealt.get(metric) ?? 0) + 1);
      }
    }
    for (const metric of metricIds) expect(dealt.get(metric)).toBeGreaterThan(150);
  });
});

describe('epochs', () => {
  it('begin where they say, and last 30 days', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 43), (nowMs) => {
        const startMs = epochStartMs(epochOf(nowMs));
        expect(nowMs - startMs).toBeGreaterThanOrEqual(0);
        expect(nowMs - startMs).toBeLessThan(EPOCH_DAYS * DAY_MS);
      }),
    );
  });
});
