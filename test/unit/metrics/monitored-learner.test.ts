import { describe, expect, it } from 'vitest';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { newId, type UserId } from '../../../src/core/ids';
import type { Learner } from '../../../src/learning/learner';
import type { LearningData } from '../../../src/learning/learning-data';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import { MonitoredLearner } from '../../../src/metrics/monitored-learner';
import { learningContext } from '../../support/learning-context';
import { manualClock } from '../../support/manual-clock';

const userId = newId<UserId>();
const clock = manualClock(1_000);

const context = learningContext(userId, clock);

const observation = (isSuccess: boolean): LearningData => ({
  id: newId(),
  userId,
  agentId: 'conversation',
  dataType: 'user-interaction',
  content: { interactionType: 'voice-command', result: isSuccess ? 'success' : 'failure', satisfaction: 0.9 },
  privacyLevel: 'private',
  qualityScore: 0.8,
  createdAt: 1,
});

const data = [true, true, true, false].map(observation);

/** The same learner, with some of it replaced. */
function altered(learner: Learner, by: Partial<Learner>): Learner {
  return new Proxy(learner, {
    get: (target, name) => {
      const value: unknown = Reflect.get(by, name) ?? Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function start(by?: Partial<Learner>) {
  const metrics = new LearningSystemMetrics(clock);
  const inner = new PatternLearner('habits');
  return { metrics, inner, learner: new MonitoredLearner(by ? altered(inner, by) : inner, metrics, clock) };
}

const counted = (metrics: LearningSystemMetrics) =>
  metrics.operations
    .collect()
    .samples.filter(({ value }) => value > 0)
    .map(({ labels, value }) => [...labels.map(([, label]) => label), value]);

describe('MonitoredLearner', () => {
  it('does what the learner does that it wraps', async () => {
    const { learner } = start();
    const plain = new PatternLearner('habits');
    for (const one of [plain, learner]) await one.initialize({ batchSize: 7 });
    expect(await learner.learn(data, context)).toEqual(await plain.learn(data, context));
    expect(await learner.predict({ interactionType: 'voice-command' }, context)).toEqual(
      await plain.predict({ interactionType: 'voice-command' }, context),
    );
    expect(await learner.save()).toEqual(await plain.save());
    expect(learner.getInsights()).toEqual(plain.getInsights());
    expect(learner.setMode('batch')).toEqual(plain.setMode('batch'));
    expect({ ...learner.describe() }).toMatchObject({
      learnerId: plain.learnerId,
      learnerType: plain.learnerType,
      mode: plain.mode,
      isInitialized: plain.isInitialized,
    });
    expect(learner.supportedModes).toEqual(plain.supportedModes);
    expect(await learner.load({ nonsense: true })).toEqual(await plain.load({ nonsense: true }));
  });

  it('counts what succeeds and what fails, each by its kind, and how long it took', async () => {
    const { learner, metrics } = start({
      predict: async () => {
        clock.nowMs += 250;
        return { ok: true, value: { value: {}, confidence: 0 } };
      },
    });
    await learner.learn(data, context);
    await learner.initialize({});
    await learner.initialize({ batchSize: 'many' });
    await learner.learn(data, context);
    await learner.learn([], context);
    await learner.predict({}, context);
    await learner.load(null);
    expect(counted(metrics)).toEqual([
      ['initialize', 'success', 1],
      ['initialize', 'failed', 1],
      ['learn', 'success', 1],
      ['learn', 'failed', 2],
      ['predict', 'success', 1],
      ['load', 'failed', 1],
    ]);
    expect(metrics.durations.totals({ operation_type: 'predict' })).toEqual({ count: 1, sum: 0.25 });
  });

  it('takes what was given up for neither a success nor a failure', async () => {
    const { learner, metrics } = start();
    await learner.initialize({});
    const result = await learner.learn(data, { ...context, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ success: false, error: { kind: 'aborted' } });
    expect(counted(metrics)).toContainEqual(['learn', 'aborted', 1]);
    expect(metrics.recent.rates().errorRate).toBe(0);
  });

  it('counts a throw as a failure and lets it through', async () => {
    const { learner, metrics } = start({
      learn: () => {
        throw new Error('a bug');
      },
    });
    await learner.initialize({});
    await expect(learner.learn(data, context)).rejects.toThrow('a bug');
    expect(counted(metrics)).toContainEqual(['learn', 'failed', 1]);
  });

  it('knows how many learners are active, however often each starts and ends', async () => {
    const metrics = new LearningSystemMetrics(clock);
    const running = new PatternLearner('c');
    await running.initialize({});
    const learners = [new PatternLearner('a'), new PatternLearner('b'), running].map(
      (learner) => new MonitoredLearner(learner, metrics, clock),
    );
    expect(metrics.activeLearners.value).toBe(1);
    for (const learner of learners) await learner.initialize({});
    for (const learner of learners) await learner.initialize({});
    expect(metrics.activeLearners.value).toBe(3);
    await learners[0]?.shutdown();
    await learners[0]?.shutdown();
    expect(metrics.activeLearners.value).toBe(2);
  });

  it('describes what it has seen', async () => {
    const { learner } = start();
    await learner.initialize({});
    expect(learner.describe()).toMatchObject({ confidence: undefined, samples: 0, snapshotBytes: undefined });
    clock.nowMs = 42_000;
    const learnt = await learner.learn(data, context);
    const saved = await learner.save();
    expect(learner.describe()).toMatchObject({
      confidence: learnt.confidence,
      samples: 4,
      lastLearntAt: 42_000,
      lastFailure: undefined,
      snapshotBytes: saved.ok ? JSON.stringify(saved.value.state).length : Number.NaN,
      insights: learner.getInsights(),
    });
    await learner.learn([], context);
    expect(learner.describe()).toMatchObject({ samples: 4, lastFailure: expect.any(String) });
  });

  it('leaves snapshots that throw when they are looked at to the learner', async () => {
    const { learner } = start();
    await learner.initialize({});
    const trap = new Proxy({}, { get: () => assertNever() });
    const plain = new PatternLearner('habits');
    await plain.initialize({});
    const [of, expected] = [await learner.load(trap), await plain.load(trap)];
    expect(of).toEqual(expected);
    expect(of.ok).toBe(false);
  });
});

function assertNever(): never {
  throw new Error('looked at');
}
