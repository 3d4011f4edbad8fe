import { describe, expect, it } from 'vitest';
import { spaceOfItsOwn } from '../../../src/behaviour/intent/text-directions';
import { TextIntentLearner } from '../../../src/behaviour/intent/text-intent-learner';
import { LearnerHost } from '../../../src/behaviour/learner-host';
import { LearnerModels } from '../../../src/behaviour/learner-models';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { systemClock } from '../../../src/core/clock';
import { type LearningDataId, newId, type UserId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json';
import { ok } from '../../../src/core/result';
import type { LearningEvent } from '../../../src/events/learning-event';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';
import { LearnerRegistry } from '../../../src/learning/learner-registry';
import type { LearningData } from '../../../src/learning/learning-data';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import type { RecordStore } from '../../../src/vault/vault-types';

const userId = newId<UserId>();
const of = (dataType: string, content: JsonObject): LearningData => ({
  id: newId<LearningDataId>(),
  userId,
  agentId: 'test',
  dataType,
  content,
  privacyLevel: 'private',
  qualityScore: 1,
  createdAt: 1,
});
const TYPED = of('typed-command', { text: 'xylophone', intent: 'app:settings' });
const SAID = of('user-interaction', { interactionType: 'voice-command', result: 'success' });

async function opened() {
  const registry = new LearnerRegistry();
  registry.register('pattern', (learnerId) => new PatternLearner(learnerId));
  registry.register('text-intent', (learnerId) => new TextIntentLearner(learnerId, spaceOfItsOwn(undefined)));
  // A store that keeps nothing: what is kept is the vault's to test.
  const store = {
    get: async () => ok(undefined),
    write: async () => ok(undefined),
  } as unknown as RecordStore;
  const events: LearningEvent[] = [];
  const metrics = new LearningSystemMetrics(systemClock);
  const host = new LearnerHost({
    registry,
    models: new LearnerModels(store, systemClock),
    metrics,
    clock: systemClock,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    factory: new LearningEventFactory('test', systemClock),
    emit: (event) => events.push(event),
  });
  const learners = { pattern: { enabled: true }, 'text-intent': { enabled: true } };
  expect(await host.open({ userId, sessionId: 'visit', learners, learnerOrigins: [] })).toMatchObject({
    ok: true,
  });
  return { host, events, metrics };
}

describe('LearnerHost', () => {
  it('asks one learner by its name what it expects', async () => {
    const { host } = await opened();
    await host.observe([TYPED]);
    expect(await host.predict('text-intent', { text: 'xylophone' })).toMatchObject({
      value: { value: { ranking: [{ intent: 'app:settings' }] } },
    });
    expect(await host.predict('nobody', {})).toEqual({ ok: false, error: { kind: 'no-learner' } });
    await host.close();
    expect(await host.predict('text-intent', { text: 'xylophone' })).toMatchObject({
      error: { kind: 'not-open' },
    });
  });

  it('tells of nobody that they failed, when there was nothing in it for them', async () => {
    const { host, events, metrics } = await opened();
    expect(await host.observe([SAID])).toMatchObject({ ok: true });
    expect(await host.observe([TYPED])).toMatchObject({ ok: true });
    const completed = events.filter(({ type }) => type === 'learning-completed');
    expect(completed.map(({ payload }) => (payload as { learnerId: string }).learnerId)).toEqual([
      'pattern',
      'text-intent',
    ]);
    expect(metrics.registry.expose()).not.toMatch(/status="failed"[^\n]* [1-9]/);
  });

  it('puts no word that was typed into an event', async () => {
    const { host, events } = await opened();
    await host.observe([TYPED]);
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain('xylophone');
  });
});
