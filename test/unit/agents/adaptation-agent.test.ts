import { describe, expect, it } from 'vitest';
import type { LearntPreferences } from '../../../src/adaptation/adaptation-strategy';
import { learningDataOf } from '../../../src/agents/learning/event-data';
import { defaultSettings } from '../../../src/config/settings';
import { SettingsLayers } from '../../../src/config/settings-layers';
import type { ConcurrencyLimit } from '../../../src/core/concurrency-limit';
import { newId, type UserId } from '../../../src/core/ids';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';
import { adapting, KeptRows } from '../../support/adapting';
import { manualClock } from '../../support/manual-clock';

const ADA = newId<UserId>();
const HOUR_MS = 3_600_000;

/** The agent, and a person who talks to it. */
function watched(
  kept = new KeptRows(),
  layers = new SettingsLayers(defaultSettings),
  clock = manualClock(1_000),
  preferences?: () => LearntPreferences,
) {
  const factory = new LearningEventFactory('test', clock);
  const { agent, cache, limit, view } = adapting({
    userId: ADA,
    clock,
    factory,
    kept,
    layers,
    ...(preferences === undefined ? {} : { preferences }),
  });
  const kinds = () => agent.manager.adaptations.map(({ action }) => action.kind);
  const operations = (count: number, seconds: number) => {
    clock.nowMs += 1;
    for (let time = 0; time < count; time += 1) agent.operationTook(seconds + (time % 3) / 100);
    clock.nowMs += 1;
  };
  const corrected = (subjectId: string) => {
    const event = factory.createCorrectionReceivedEvent({
      userId: ADA,
      subjectId,
      before: {},
      after: { phraseId: null },
    });
    kept.data.push(learningDataOf(event));
    return event;
  };
  /** Something was said; with `isWrong`, nothing was meant for Echo and the person said so. */
  const says = async (isWrong = false) => {
    clock.nowMs += 60_000;
    const utteranceId = crypto.randomUUID();
    const heard = factory.createUserInteractionEvent({
      userId: ADA,
      agentId: 'conversation',
      sessionId: 'visit',
      interactionType: 'voice-command',
      result: 'success',
      content: { utteranceId, phraseId: 'tea', recognition: 'accepted', outcome: 'done', confidence: 0.9 },
    });
    kept.data.push(learningDataOf(heard));
    await agent.observe(heard);
    if (isWrong) await agent.observe(corrected(utteranceId));
  };
  const complains = () => agent.observe(corrected('something'));
  return { agent, clock, cache, limit, kinds, operations, says, complains, view, kept, layers };
}

async function crowd(limit: ConcurrencyLimit, jobs: number): Promise<void> {
  await Promise.all(Array.from({ length: jobs }, () => limit.run(async () => undefined)));
}

async function opened() {
  const all = watched();
  await all.agent.open();
  all.operations(12, 0.05);
  return all;
}

describe('adapting to a person', () => {
  it('changes nothing before it knows what the vault keeps of it', async () => {
    const { agent, cache, complains, kinds } = watched();
    cache.misses = 30;
    await complains();
    await agent.adapt();
    expect(kinds()).toEqual([]);
  });

  it('changes nothing while they are content', async () => {
    const { agent, cache, kinds } = await opened();
    cache.misses = 30;
    await agent.adapt();
    expect(kinds()).toEqual([]);
  });

  it('still knows of a poor cache that it looked at while they were content', async () => {
    const { agent, cache, complains, kinds } = await opened();
    cache.misses = 30;
    await agent.adapt();
    cache.misses += 2;
    await complains();
    await agent.adapt();
    expect(kinds()).toEqual(['cache-optimization']);
    expect(cache.capacity).toBe(20);
  });

  it('measures what the larger cache is worth before it changes it again', async () => {
    const { agent, cache, complains, operations } = await opened();
    cache.misses = 30;
    await complains();
    await agent.adapt();
    cache.misses += 30;
    await agent.adapt();
    expect(cache.capacity).toBe(20);
    operations(10, 0.02);
    await complains();
    expect(agent.manager.adaptations[0]?.state).toMatchObject({ verdict: 'helped' });
    cache.misses += 30;
    await agent.adapt();
    expect(cache.capacity).toBe(40);
  });

  it('takes the larger cache back by itself when everything is slower with it', async () => {
    const { agent, cache, complains, operations, view } = await opened();
    cache.misses = 30;
    await complains();
    await agent.adapt();
    operations(10, 0.5);
    await complains();
    expect(cache.capacity).toBe(10);
    expect(view()?.adaptations[0]?.state).toMatchObject({ kind: 'reverted', by: 'hurt' });
  });

  it('still knows of a crowd of analyses that it saw while they were content, for an hour', async () => {
    const { agent, clock, limit, complains, kinds } = await opened();
    await crowd(limit, 12);
    await agent.adapt();
    clock.nowMs += HOUR_MS;
    await complains();
    await agent.adapt();
    expect(kinds()).toEqual(['concurrency-optimization']);
    expect(limit.most).toBe(20);
  });

  it('has forgotten a crowd, and a complaint, after more than an hour', async () => {
    const { agent, clock, limit, complains, kinds } = await opened();
    await crowd(limit, 12);
    await agent.adapt();
    clock.nowMs += HOUR_MS + 1;
    await complains();
    await agent.adapt();
    await crowd(limit, 12);
    clock.nowMs += HOUR_MS + 1;
    await agent.adapt();
    expect(kinds()).toEqual([]);
  });
});

describe('listening that follows what was misheard', () => {
  it('becomes stricter, survives a lock and a reload with its measurement, and helps', async () => {
    const { agent, says, layers, kept, clock } = watched();
    await agent.open();
    for (let time = 0; time < 30; time += 1) await says(time % 5 === 0);
    await agent.adapt();
    expect(layers.effective.recognition.falseTriggers).toBe('week');
    expect(agent.manager.adaptations[0]?.action.reason).toEqual({
      kind: 'many-false-triggers',
      evidence: { count: 6, of: 30 },
    });
    for (let time = 0; time < 5; time += 1) await says();
    agent.close();
    // Nothing that was learnt is in force while the vault is closed.
    expect(layers.effective).toBe(defaultSettings);

    const next = watched(kept, layers, clock);
    await next.agent.open();
    expect(layers.effective.recognition.falseTriggers).toBe('week');
    expect(next.view()?.adaptations[0]).toMatchObject({
      state: { kind: 'measuring' },
      effect: { before: { count: 30 }, after: { count: 5 } },
    });
    for (let time = 0; time < 35; time += 1) await next.says();
    expect(next.view()?.adaptations[0]?.state).toMatchObject({ kind: 'in-force', verdict: 'helped' });
  });

  it('leaves alone what the person chose, before and after the first visit, until they allow it', async () => {
    const own = { ...defaultSettings, recognition: { falseTriggers: 'hour' as const } };
    const { agent, says, layers, view } = watched(new KeptRows(), new SettingsLayers(own));
    await agent.open();
    expect(view()?.keptSettings).toEqual(['recognition.falseTriggers']);
    for (let time = 0; time < 30; time += 1) await says(time % 5 === 0);
    await agent.adapt();
    expect(layers.effective.recognition.falseTriggers).toBe('hour');
    await agent.allow('recognition.falseTriggers');
    await agent.adapt();
    expect(layers.effective.recognition.falseTriggers).toBe('day');
    await agent.chose(layers.choose((settings) => ({ ...settings, recognition: { falseTriggers: 'week' } })));
    expect(view()?.adaptations[0]?.state.kind).toBe('overruled');
    expect(layers.own.recognition.falseTriggers).toBe('week');
  });
});

describe('acting on what is known of a preference', () => {
  it('asks less of who always answers yes, measures the bother, and leaves it once they choose', async () => {
    const known = { confirmation: { value: 'act', confidence: 0.9, evidenceCount: 12 } } as const;
    const { agent, says, layers, view } = watched(new KeptRows(), undefined, undefined, () => known);
    await agent.open();
    for (let time = 0; time < 20; time += 1) await says();
    await agent.adapt();
    expect(layers.effective.actions).toEqual({ confirm: 'unless-sure', questions: 'fewer' });
    expect(view()?.adaptations[0]).toMatchObject({
      strategy: 'asking',
      action: { reason: { kind: 'questions-needless' }, metric: { name: 'bother-seconds' } },
      state: { kind: 'measuring' },
    });
    await agent.chose(
      layers.choose((settings) => ({
        ...settings,
        actions: { ...settings.actions, questions: 'usual' },
      })),
    );
    expect(view()?.adaptations[0]?.state.kind).toBe('overruled');
    await agent.adapt();
    expect(layers.effective.actions.questions).toBe('usual');
  });

  it('takes fewer questions back by itself when more goes wrong with them', async () => {
    const known = { confirmation: { value: 'act', confidence: 0.9, evidenceCount: 12 } } as const;
    const { agent, says, layers, view } = watched(new KeptRows(), undefined, undefined, () => known);
    await agent.open();
    for (let time = 0; time < 20; time += 1) await says(time % 10 === 0);
    await agent.adapt();
    for (let time = 0; time < 20; time += 1) await says(time % 5 !== 0);
    const asking = view()?.adaptations.filter(({ strategy }) => strategy === 'asking');
    expect(asking?.map(({ state }) => state)).toMatchObject([{ kind: 'reverted', by: 'hurt' }]);
    expect(layers.effective.actions.questions).toBe('usual');
  });
});

describe('learning whether an action is wanted', () => {
  const question = {
    phraseId: 'tea',
    confidence: 0.97,
    consequence: 'risky',
    confirm: 'unless-sure',
  } as const;

  it('counts what was kept and what was taken back, and is made anew from the vault', async () => {
    const { agent, says, kept, layers, clock } = watched();
    await agent.open();
    for (let time = 0; time < 4; time += 1) await says();
    await says(true);
    await agent.decide(question);
    const [trust] = agent.policy.trusts;
    expect(trust?.phraseId).toBe('tea');
    expect(trust?.unwanted).toBe(1);
    const next = watched(kept, layers, clock);
    await next.agent.open();
    await next.agent.decide(question);
    expect(next.agent.policy.trusts).toEqual(agent.policy.trusts);
  });

  it('forgets a phrase for good when it is told to', async () => {
    const { agent, says, kept, layers, clock } = watched();
    await agent.open();
    for (let time = 0; time < 4; time += 1) await says();
    await agent.forgetTrust('tea');
    const next = watched(kept, layers, clock);
    await next.agent.open();
    await next.agent.decide(question);
    expect(next.agent.policy.trusts).toEqual([]);
  });
});
