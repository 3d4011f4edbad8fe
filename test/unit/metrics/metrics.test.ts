import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Counter } from '../../../src/metrics/counter';
import { formatExposition } from '../../../src/metrics/exposition';
import { Gauge } from '../../../src/metrics/gauge';
import { Histogram } from '../../../src/metrics/histogram';
import {
  LearningSystemMetrics,
  operationStatuses,
  operationTypes,
} from '../../../src/metrics/learning-system-metrics';
import { MetricRegistry } from '../../../src/metrics/metric-registry';
import { manualClock } from '../../support/manual-clock';
import { parseExposition } from './exposition-parser';

const anyOperation = fc.record({
  type: fc.constantFrom(...operationTypes),
  status: fc.constantFrom(...operationStatuses),
  seconds: fc.double({ min: 0, max: 100, noNaN: true }),
});

describe('Counter', () => {
  const counter = () => new Counter('calls_total', 'Calls.', { kind: ['a', 'b'], way: ['in', 'out'] });

  it('counts each combination of labels apart, in whatever order they are named', () => {
    const calls = counter();
    calls.increment({ kind: 'a', way: 'in' });
    calls.increment({ way: 'in', kind: 'a' }, 2.5);
    calls.increment({ kind: 'b', way: 'in' });
    expect(calls.value({ kind: 'a', way: 'in' })).toBe(3.5);
    expect(calls.value({ kind: 'a', way: 'out' })).toBe(0);
  });

  it('refuses labels outside of their lists, and to shrink', () => {
    const calls = counter();
    // @ts-expect-error not in the list
    expect(() => calls.increment({ kind: 'Lights out', way: 'in' })).toThrow('labels outside');
    // @ts-expect-error one is missing
    expect(() => calls.increment({ kind: 'a' })).toThrow('labels outside');
    expect(() => calls.increment({ kind: 'a', way: 'in', ...{ who: 'Ada' } })).toThrow('labels outside');
    expect(() => calls.increment({ kind: 'a', way: 'in' }, -1)).toThrow('only grows');
    expect(() => calls.increment({ kind: 'a', way: 'in' }, Number.NaN)).toThrow('only grows');
  });
});

describe('Gauge', () => {
  it('is exposed only while it is known', () => {
    const gauge = new Gauge('level', 'Level.');
    expect(gauge.collect().samples).toEqual([]);
    gauge.add(2);
    gauge.add(-0.5);
    expect(gauge.collect().samples).toEqual([{ suffix: '', labels: [], value: 1.5 }]);
    gauge.set(undefined);
    expect(gauge.collect().samples).toEqual([]);
    expect(() => gauge.set(Number.NaN)).toThrow('a number');
  });
});

describe('Histogram', () => {
  it('has cumulative buckets that end with all of it, a sum and a count', () => {
    const bounds = [0.1, 1, 10];
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true })), (values) => {
        const histogram = new Histogram('time_seconds', 'Time.', {}, bounds);
        for (const value of [...values, 0.1]) histogram.observe({}, value);
        const all = [...values, 0.1];
        const { samples } = parseExposition(formatExposition([histogram.collect()])).get('time_seconds') ?? {
          samples: [],
        };
        expect(samples.map(({ name, labels, value }) => [name, labels['le'], value])).toEqual([
          ...bounds.map((bound) => [
            'time_seconds_bucket',
            String(bound),
            all.filter((value) => value <= bound).length,
          ]),
          ['time_seconds_bucket', '+Inf', all.length],
          ['time_seconds_sum', undefined, all.reduce((sum, value) => sum + value, 0)],
          ['time_seconds_count', undefined, all.length],
        ]);
        expect(histogram.totals({}).count).toBe(all.length);
      }),
    );
  });

  it('refuses bounds that do not rise, and the label of its own buckets', () => {
    expect(() => new Histogram('x', '', {}, [1, 1])).toThrow('rise');
    expect(() => new Histogram('x', '', {}, [])).toThrow('rise');
    expect(() => new Histogram('x', '', { le: ['1'] }, [1])).toThrow('label');
  });
});

describe('the exposition', () => {
  it('can be read back by the grammar of the format, whatever stands in help and labels', () => {
    const text = fc.string({
      unit: fc.constantFrom('\\', '"', '\n', 'n', 'a', '{', '}', ',', '=', '灯', ' ', '#'),
    });
    fc.assert(
      fc.property(
        text,
        fc.uniqueArray(text, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        (help, values, by) => {
          const counter = new Counter('said_total', help, { words: values });
          for (const words of values) counter.increment({ words }, by);
          const read = parseExposition(formatExposition([counter.collect()])).get('said_total');
          expect(read?.help).toBe(help);
          expect(read?.samples.map(({ labels }) => labels['words'])).toEqual(values);
          for (const { value } of read?.samples ?? []) expect(value).toBe(by);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has each metric once', () => {
    const registry = new MetricRegistry();
    registry.register(new Gauge('level', 'Level.', 1));
    expect(() => registry.register(new Gauge('level', 'Level.'))).toThrow('exists');
    expect(() => new Gauge('no-name', '')).toThrow('no name');
    expect(parseExposition(registry.expose()).get('level')?.samples[0]?.value).toBe(1);
  });
});

describe('LearningSystemMetrics', () => {
  it('exposes the four metrics, with labels from their lists only', () => {
    fc.assert(
      fc.property(fc.array(anyOperation, { maxLength: 50 }), (operations) => {
        const metrics = new LearningSystemMetrics(manualClock());
        for (const { type, seconds, status } of operations)
          metrics.recordLearningOperation(type, seconds, status);
        metrics.updateSystemMetrics(3, 1_000_000);
        const families = parseExposition(metrics.registry.expose());
        expect([...families].map(([name, { type }]) => [name, type])).toEqual([
          ['learning_operations_total', 'counter'],
          ['learning_duration_seconds', 'histogram'],
          ['active_learners', 'gauge'],
          ['memory_usage_bytes', 'gauge'],
        ]);
        const counted = families.get('learning_operations_total')?.samples ?? [];
        expect(counted).toHaveLength(operationTypes.length * operationStatuses.length);
        for (const { labels, value } of counted)
          expect(value).toBe(
            operations.filter(
              ({ type, status }) => type === labels['operation_type'] && status === labels['status'],
            ).length,
          );
        expect(families.get('active_learners')?.samples[0]?.value).toBe(3);
        expect(families.get('memory_usage_bytes')?.samples[0]?.value).toBe(1_000_000);
      }),
      { numRuns: 50 },
    );
  });

  it('says nothing about memory that nobody measured', () => {
    const metrics = new LearningSystemMetrics(manualClock());
    metrics.updateSystemMetrics(0, undefined);
    expect(parseExposition(metrics.registry.expose()).get('memory_usage_bytes')?.samples).toEqual([]);
  });
});

describe('the rates of the recent past', () => {
  it('agree with the counters as long as everything is recent', () => {
    fc.assert(
      fc.property(fc.array(anyOperation), fc.integer({ min: 1, max: 290_000 }), (operations, spanMs) => {
        const clock = manualClock(5_000);
        const metrics = new LearningSystemMetrics(clock);
        operations.forEach(({ type, seconds, status }, index) => {
          clock.nowMs = 5_000 + (spanMs * index) / operations.length;
          metrics.recordLearningOperation(type, seconds, status);
        });
        clock.nowMs = 5_000 + spanMs;
        const { success, failed, aborted } = metrics.totals();
        const rates = metrics.recent.rates();
        expect(rates.operations).toBe(success + failed + aborted);
        expect(rates.throughputPerSecond).toBeCloseTo((operations.length * 1_000) / spanMs, 6);
        expect(rates.errorRate).toBe(success + failed === 0 ? undefined : failed / (success + failed));
        const seconds = operations.reduce((sum, operation) => sum + operation.seconds, 0);
        if (operations.length > 0)
          expect(rates.averageDurationMs).toBeCloseTo((seconds * 1_000) / operations.length, 3);
      }),
    );
  });

  it('forget what is older than the window, to a sixtieth of it', () => {
    const clock = manualClock();
    const { recent } = new LearningSystemMetrics(clock);
    for (let second = 0; second < 3_600; second += 1) {
      clock.nowMs = second * 1_000;
      recent.record(0.5, second < 3_000 ? 'failed' : 'success');
      const { operations, coveredMs } = recent.rates();
      expect(operations).toBe(Math.floor(coveredMs / 1_000) + 1);
      expect(coveredMs).toBeLessThanOrEqual(300_000);
    }
    expect(recent.rates()).toMatchObject({ errorRate: 0, averageDurationMs: 500 });
    expect(recent.rates().throughputPerSecond).toBeCloseTo(1, 1);
    clock.nowMs += 86_400_000;
    expect(recent.rates()).toMatchObject({ operations: 0, throughputPerSecond: 0, errorRate: undefined });
  });
});
