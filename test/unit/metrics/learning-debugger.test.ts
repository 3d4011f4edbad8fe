import { describe, expect, it } from 'vitest';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { newId, type UserId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json';
import { err, ok } from '../../../src/core/result';
import { epochMs } from '../../../src/core/units';
import { dataPrivacyLevels } from '../../../src/learning/data-privacy-level';
import type { LearningData } from '../../../src/learning/learning-data';
import { OTHER_TYPES } from '../../../src/metrics/data-profile';
import type { DebugDataSource, DebugSources } from '../../../src/metrics/debug-source';
import { LearningDebugger } from '../../../src/metrics/learning-debugger';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import { LogRedaction } from '../../../src/metrics/logging/log-redaction';
import { measureMemory } from '../../../src/metrics/memory-report';
import { MonitoredLearner } from '../../../src/metrics/monitored-learner';
import type { LearningStore } from '../../../src/vault/learning-data/learning-store';
import { learningContext } from '../../support/learning-context';
import { manualClock } from '../../support/manual-clock';
import { memoryDataSource } from './memory-data-source';

const ada = newId<UserId>();
const grace = newId<UserId>();

/** Nothing of this may be exported. */
const CANARY = 'Zebrafink';

function rowAt(index: number): LearningData {
  return {
    id: newId(),
    userId: index % 5 === 4 ? grace : ada,
    agentId: CANARY,
    sessionId: CANARY,
    dataType: index % 2 === 0 ? 'user-interaction' : CANARY,
    content: { interactionType: CANARY, [CANARY]: 1, result: 'success', satisfaction: 0.9 },
    privacyLevel: dataPrivacyLevels[index % 4] ?? 'private',
    qualityScore: (index % 11) / 10,
    createdAt: Date.UTC(2026, 0, 1) + index * 60_000,
  };
}

function start(data: DebugDataSource, over: Partial<DebugSources> = {}, pageSize = 1_000) {
  const clock = manualClock(Date.UTC(2026, 1, 1));
  const metrics = new LearningSystemMetrics(clock);
  const learner = new MonitoredLearner(new PatternLearner('habits'), metrics, clock);
  const sources: DebugSources = {
    data,
    learners: async () => [learner.describe()],
    analyse: async () => {
      clock.nowMs += 120;
      return ok({ favourite: CANARY });
    },
    memory: () => measureMemory({ heapBytes: async () => 1_000_000, logBytes: () => 500 }),
    alerts: () => [],
    ...over,
  };
  const redaction = new LogRedaction(['user-interaction', 'pattern']);
  return {
    clock,
    metrics,
    learner,
    debug: new LearningDebugger({ sources, metrics, clock, redaction, pageSize }),
  };
}

describe('LearningDebugger', () => {
  it('takes the store of the vault as it is', () => {
    const fits = (store: LearningStore): DebugDataSource => store;
    expect(fits).toBeTypeOf('function');
  });

  it('shows one person’s data in figures, over all pages', async () => {
    const source = memoryDataSource(1_000, rowAt, ['damaged']);
    const view = await start(source, {}, 64).debug.debugView(ada);
    const mine = Array.from({ length: 1_000 }, (_, index) => rowAt(index)).filter(
      ({ userId }) => userId === ada,
    );
    if (!view.ok) throw new Error(view.error.kind);
    const { data } = view.value;
    expect(data.dataPoints).toBe(800);
    expect(data.averageQuality).toBeCloseTo(
      mine.reduce((sum, { qualityScore }) => sum + qualityScore, 0) / 800,
      10,
    );
    expect(data.qualityDistribution.reduce((sum, count) => sum + count)).toBe(800);
    expect(data.qualityDistribution[9]).toBe(mine.filter(({ qualityScore }) => qualityScore >= 0.9).length);
    expect(data.byType).toEqual({
      'user-interaction': mine.filter(({ dataType }) => dataType !== CANARY).length,
      [CANARY]: mine.filter(({ dataType }) => dataType === CANARY).length,
    });
    expect(Object.values(data.byPrivacyLevel).reduce((sum, count) => sum + count)).toBe(800);
    expect(data).toMatchObject({
      oldestAt: mine[0]?.createdAt,
      newestAt: mine.at(-1)?.createdAt,
      quarantined: 1,
    });
    expect(source.largestPage).toBe(64);
  });

  it('measures the analysis, and shows what it found and what the learners know', async () => {
    const { debug, learner, clock } = start(memoryDataSource(10, rowAt));
    await learner.initialize({});
    await learner.learn([rowAt(0), rowAt(2)], learningContext(ada, clock));
    const view = await debug.debugView(ada);
    expect(view.ok && view.value).toMatchObject({
      analysisMs: 120,
      patterns: { ok: true, value: { favourite: CANARY } },
      learners: [
        { learnerType: 'pattern', isInitialized: true, samples: 2, insights: learner.getInsights() },
      ],
      memory: { heapBytes: 1_000_000, usedBytes: 1_000_000, tensors: undefined },
    });
  });

  it('is clear about a person of whom nothing is known, an analysis and a store that fail', async () => {
    const empty = await start(memoryDataSource(0, rowAt)).debug.debugView(ada);
    expect(empty.ok && empty.value.data).toMatchObject({ dataPoints: 0, averageQuality: undefined });
    const analyse = async () => err({ kind: 'too-little-data' });
    const failed = await start(memoryDataSource(3, rowAt), { analyse }).debug.debugView(ada);
    expect(failed.ok && failed.value.patterns).toEqual({ ok: false, error: { kind: 'too-little-data' } });
    const locked: DebugDataSource = {
      retrieveLearningData: async () => err({ kind: 'locked' }),
      learningDataStatistics: async () => err({ kind: 'locked' }),
    };
    const { debug } = start(locked);
    expect(await debug.debugView(ada)).toEqual({ ok: false, error: { kind: 'locked' } });
    expect(await debug.exportDebugInfo()).toMatchObject({
      systemStatus: { isStoreReadable: false, storeFailure: 'locked' },
      dataStatistics: null,
    });
  });

  it('stops between two pages when nobody waits any more', async () => {
    const source = memoryDataSource(500, rowAt);
    const leaving = new AbortController();
    const stopping: DebugDataSource = {
      ...source,
      retrieveLearningData: async (query) => {
        leaving.abort();
        return source.retrieveLearningData(query);
      },
    };
    const view = await start(stopping, {}, 10).debug.debugView(ada, leaving.signal);
    expect(view).toEqual({ ok: false, error: { kind: 'aborted' } });
  });

  it('keeps one page in memory and a bounded profile, however much there is and however it is named', async () => {
    const row = rowAt(0);
    const source = memoryDataSource(20_000, (index) => ({ ...row, dataType: `kind-${index}` }));
    const view = await start(source, {}, 500).debug.debugView(ada);
    if (!view.ok) throw new Error(view.error.kind);
    expect(source).toMatchObject({ largestPage: 500, mostAtOnce: 1 });
    expect(Object.keys(view.value.data.byType)).toHaveLength(65);
    expect(view.value.data.byType[OTHER_TYPES]).toBe(20_000 - 64);
    expect(JSON.stringify(view.value.data).length).toBeLessThan(4_000);
  });

  it('exports what is really measured', async () => {
    const { debug, metrics, clock, learner } = start(memoryDataSource(100, rowAt), {
      alerts: () => [{ name: 'memory-is-short', state: 'raised', value: 2, threshold: 1, at: epochMs(0) }],
    });
    await learner.initialize({});
    for (const [seconds, status] of [
      [1, 'success'],
      [2, 'failed'],
      [3, 'success'],
    ] as const)
      metrics.recordLearningOperation('learn', seconds, status);
    clock.nowMs += 10_000;
    const info = await debug.exportDebugInfo();
    expect(JSON.parse(JSON.stringify(info))).toEqual(info);
    expect(info).toMatchObject({
      format: 1,
      timestamp: '2026-02-01T00:00:10.000Z',
      systemStatus: {
        activeLearners: 1,
        isStoreReadable: true,
        raisedAlerts: [{ name: 'memory-is-short', value: 2, threshold: 1 }],
        memory: { heapBytes: 1_000_000, logBytes: 500, tensors: null, storageUsedBytes: null },
      },
      performanceMetrics: {
        averageResponseTimeMs: 1_500,
        throughputPerSecond: 0.4,
        errorRate: 0.25,
        operationsSinceStart: { success: 3, failed: 1, aborted: 0 },
      },
      dataStatistics: {
        totalRecords: 100,
        uniqueUsers: 2,
        oldestDay: '2026-01-01',
        dataTypes: { 'user-interaction': 50, '[text]': 50 },
        privacyLevels: { public: 25, internal: 25, private: 25, confidential: 25 },
      },
    });
  });

  it('exports no word of a person and no id, wherever learners and data hold them', async () => {
    const insights: JsonObject = {
      total: 3,
      [CANARY]: 1,
      favourite: CANARY,
      patterns: [{ pattern: CANARY }],
      detail: { [CANARY]: CANARY },
    };
    const { debug } = start(memoryDataSource(50, rowAt), {
      learners: async () => [
        {
          learnerId: CANARY,
          learnerType: CANARY,
          mode: 'online',
          isInitialized: true,
          confidence: 0.5,
          samples: 3,
          lastLearntAt: epochMs(Date.UTC(2026, 0, 3, 7, 45)),
          lastFailure: undefined,
          snapshotBytes: 10,
          insights,
        },
      ],
    });
    const info = await debug.exportDebugInfo();
    const text = JSON.stringify(info);
    for (const secret of [CANARY, CANARY.toLowerCase(), ada, grace, '07:45'])
      expect(text).not.toContain(secret);
    expect(info.systemStatus.learners[0]).toMatchObject({
      learnerType: '[text]',
      lastLearntAt: '2026-01-03',
      insights: { total: 3, field2: 1, field3: '[text]', patterns: '[list of 1]', detail: '[object of 1]' },
    });
  });
});
