import { describe, expect, it } from 'vitest';
import { type DeviceFacts, measureMetrics } from '../../../src/insights/measure-metrics';
import { type MetricId, metricBuckets } from '../../../src/insights/protocol/metrics';

const NOW = Date.UTC(2026, 0, 31);
const DAY_MS = 86_400_000;

type Heard = DeviceFacts['interactions'][number];

const heard = (change: Partial<Heard> = {}): Heard => ({
  heardAt: NOW - DAY_MS,
  quality: { flaws: [], peakDb: -10, signalToNoiseDb: 30 },
  recognition: { outcome: 'accepted', candidates: [], scorers: [], decisionMs: 1 },
  action: { kind: 'done', detail: '' },
  ...change,
});

const unknown: Heard['recognition'] = { outcome: 'unknown', candidates: [], scorers: [], decisionMs: 1 };
const failed = (reason: 'timeout' | 'no-voice') => heard({ action: { kind: 'failed', reason, detail: '' } });
const times = (count: number, one: Heard): Heard[] => Array.from({ length: count }, () => one);

/** The bucket of one question, by name. */
function bucketOf(metric: MetricId, facts: Partial<DeviceFacts> = {}): string | undefined {
  const values = measureMetrics({
    nowMs: NOW,
    language: 'en',
    backend: 'wasm',
    takesOfPhrases: [],
    interactions: [],
    ...facts,
  });
  const value = values[metric];
  return value === undefined ? undefined : metricBuckets[metric][value];
}

describe('the true answers', () => {
  it.each(['en', 'zh-CN'] as const)('tell the language %s', (language) => {
    expect(bucketOf('interface-language', { language })).toBe(language);
  });

  it('tell the backend once it is known', () => {
    expect(bucketOf('compute-backend', { backend: 'webgl' })).toBe('webgl');
    expect(bucketOf('compute-backend', { backend: undefined })).toBeUndefined();
  });

  it.each([
    [0, '0'],
    [1, '1-2'],
    [2, '1-2'],
    [3, '3-5'],
    [10, '6-10'],
    [20, '11-20'],
    [40, '21-40'],
    [80, '41-80'],
    [81, '81-or-more'],
  ])('put %i phrases into %s', (count, bucket) => {
    expect(bucketOf('phrases-taught', { takesOfPhrases: Array(count).fill(3) })).toBe(bucket);
  });

  it.each([
    [[], 'none'],
    [[0, 0, 5], 'none'],
    [[1, 2], '1'],
    [[3, 3, 3], '3'],
    [[4], '4-5'],
    [[5, 5, 9], '4-5'],
    [[6], '6-or-more'],
  ])('take the median of %j recordings for %s', (takesOfPhrases, bucket) => {
    expect(bucketOf('takes-per-phrase', { takesOfPhrases })).toBe(bucket);
  });

  it('say nothing of shares of fewer than 20 utterances', () => {
    expect(bucketOf('not-recognised', { interactions: times(19, heard()) })).toBe('under-20-utterances');
    expect(bucketOf('not-recognised', { interactions: times(20, heard()) })).toBe('none');
  });

  it.each([
    [1, 99, 'to-2-percent'],
    [2, 98, 'to-2-percent'],
    [3, 97, 'to-5-percent'],
    [10, 90, 'to-10-percent'],
    [11, 89, 'to-20-percent'],
    [40, 60, 'to-40-percent'],
    [41, 59, 'over-40-percent'],
  ])('put %i unrecognised and %i others into %s', (missed, others, bucket) => {
    const interactions = [...times(missed, heard({ recognition: unknown })), ...times(others, heard())];
    expect(bucketOf('not-recognised', { interactions })).toBe(bucket);
  });

  it('count corrections of the last 30 days only', () => {
    const corrected = heard({ correction: { kind: 'nothing' } });
    const old = { ...corrected, heardAt: NOW - 30 * DAY_MS };
    expect(bucketOf('corrections-needed', { interactions: [...times(30, heard()), ...times(9, old)] })).toBe(
      'none',
    );
    expect(bucketOf('corrections-needed', { interactions: [...times(30, heard()), corrected] })).toBe(
      'to-5-percent',
    );
  });

  it('know whether something was undone', () => {
    expect(bucketOf('action-undone', { interactions: [heard()] })).toBe('no');
    expect(bucketOf('action-undone', { interactions: [heard({ action: { kind: 'undone' } })] })).toBe('yes');
  });

  it('name what failed most, and nobody when two did equally', () => {
    expect(bucketOf('failing-feature', { interactions: [heard()] })).toBe('nothing');
    expect(bucketOf('failing-feature', { interactions: times(2, failed('timeout')) })).toBe('webhook');
    const both = [failed('timeout'), failed('no-voice')];
    expect(bucketOf('failing-feature', { interactions: both })).toBe('several-equally');
    expect(bucketOf('failing-feature', { interactions: [...both, failed('no-voice')] })).toBe('speaking');
  });

  it('hold a poor recording against the microphone only where nothing was recognised', () => {
    const poor = { flaws: ['noisy' as const], peakDb: -10, signalToNoiseDb: 2 };
    expect(bucketOf('failing-feature', { interactions: [heard({ quality: poor })] })).toBe('nothing');
    const lost = heard({ quality: poor, recognition: unknown });
    expect(bucketOf('failing-feature', { interactions: [lost] })).toBe('recording-quality');
  });
});
