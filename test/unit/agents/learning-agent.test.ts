import { describe, expect, it } from 'vitest';
import { LearningAgent } from '../../../src/agents/learning/learning-agent';
import { systemClock } from '../../../src/core/clock';
import { type LearningDataId, newId, type UserId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json';
import { err, ok } from '../../../src/core/result';
import type { LearningData } from '../../../src/learning/learning-data';
import type { LearningDataQuery, LearningStore } from '../../../src/vault/learning-data/learning-store';

const ADA = newId<UserId>();

function observation(content: JsonObject, change: Partial<LearningData> = {}): LearningData {
  return {
    id: newId<LearningDataId>(),
    userId: ADA,
    agentId: 'conversation',
    sessionId: 'one',
    dataType: 'user-interaction',
    content: { interactionType: 'voice-command', result: 'success', ...content },
    privacyLevel: 'private',
    qualityScore: 1,
    createdAt: 1_000,
    ...change,
  };
}

/** Pages as the vault gives them: in the order of the array, with a position for a cursor. */
function storeOf(rows: readonly LearningData[]) {
  const queries: LearningDataQuery[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const store: Pick<LearningStore, 'retrieveLearningData'> = {
    retrieveLearningData: async (query) => {
      queries.push(query);
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      const from = Number(query.cursor ?? 0);
      const until = from + (query.limit ?? 100);
      const nextCursor = until < rows.length ? String(until) : undefined;
      return ok({ rows: rows.slice(from, until), nextCursor, quarantined: [] });
    },
  };
  return { store, queries, mostAtOnce: () => mostAtOnce };
}

function agentOf(store: Pick<LearningStore, 'retrieveLearningData'>, maxConcurrency = 10) {
  const recorded: { operation: string; status: string }[] = [];
  const agent = new LearningAgent({
    store,
    clock: systemClock,
    learnerInsights: async () => [],
    record: (operation, _durationMs, status) => recorded.push({ operation, status }),
    maxConcurrency,
  });
  return { agent, recorded };
}

describe('the analysis of what a person does', () => {
  it('counts actions, outcomes, hours and weekdays, and how well it went', async () => {
    const rows = [
      observation({ actionKind: 'note', recognition: 'accepted', hour: 8, weekday: 1, durationMs: 100 }),
      observation({ actionKind: 'note', recognition: 'accepted', hour: 8, weekday: 1, durationMs: 300 }),
      observation({ actionKind: 'timer', recognition: 'unknown', hour: 20, weekday: 6, result: 'failure' }),
      observation({ interactionType: 'undo' }),
      observation({}, { dataType: 'correction' }),
      observation({ actionKind: 'note', hour: 20, followUp: true }),
    ];
    const { agent, recorded } = agentOf(storeOf(rows).store);
    const analysed = await agent.analyzeUserBehaviorPatterns(ADA);
    if (!analysed.ok) throw new Error(analysed.error.kind);
    const patterns = analysed.value;
    expect(patterns).toMatchObject({ interactions: 3, corrections: 1, undone: 1, averageDurationMs: 200 });
    expect(patterns.successRate).toBeCloseTo(2 / 3, 12);
    expect(patterns.correctionRate).toBeCloseTo(1 / 3, 12);
    expect(patterns.byAction[0]).toEqual({ name: 'note', count: 2, successRate: 1 });
    expect(patterns.byOutcome[1]).toEqual({ name: 'unknown', count: 1, successRate: 0 });
    expect([patterns.hours[8], patterns.hours[20], patterns.weekdays[6]]).toEqual([2, 1, 1]);
    expect(recorded).toEqual([{ operation: 'analyse', status: 'success' }]);
  });

  it('finds what follows what within a session, and not across a long pause or another session', async () => {
    const said = (phraseId: string, createdAt: number, sessionId = 'one') =>
      observation({ phraseId }, { createdAt, sessionId });
    const rows = [
      said('tea', 0),
      said('lights', 1_000),
      said('tea', 2_000),
      said('lights', 3_000),
      said('tea', 4_000),
      said('music', 5_000),
      said('tea', 3_600_000),
      said('lights', 3_601_000, 'two'),
    ];
    const { agent } = agentOf(storeOf(rows).store);
    const analysed = await agent.analyzeUserBehaviorPatterns(ADA);
    if (!analysed.ok) throw new Error(analysed.error.kind);
    expect(analysed.value.sequences[0]).toMatchObject({ from: 'tea', to: 'lights', count: 2 });
    expect(analysed.value.sequences[0]?.share).toBeCloseTo(2 / 3, 12);
    expect(analysed.value.sequences.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });

  it('reads pages of a thousand and sees every record once', async () => {
    const rows = Array.from({ length: 2_500 }, (_, at) => observation({}, { createdAt: at }));
    const { store, queries } = storeOf(rows);
    const { agent } = agentOf(store);
    const analysed = await agent.analyzeUserBehaviorPatterns(ADA);
    expect(analysed).toMatchObject({ ok: true, value: { interactions: 2_500, firstAt: 0, lastAt: 2_499 } });
    expect(queries.map(({ limit, cursor }) => [limit, cursor])).toEqual([
      [1_000, undefined],
      [1_000, '1000'],
      [1_000, '2000'],
    ]);
  });

  it('says of somebody about whom nothing is known that nothing is known', async () => {
    const { agent } = agentOf(storeOf([]).store);
    expect(await agent.analyzeUserBehaviorPatterns(ADA)).toMatchObject({
      ok: true,
      value: { interactions: 0, successRate: undefined, byAction: [], sequences: [] },
    });
  });

  it('leaves out what is about somebody else', async () => {
    const { agent } = agentOf(storeOf([observation({}, { userId: newId<UserId>() })]).store);
    expect(await agent.analyzeUserBehaviorPatterns(ADA)).toMatchObject({
      ok: true,
      value: { interactions: 0 },
    });
  });

  it('runs no more analyses at one time than it may', async () => {
    const { store, mostAtOnce } = storeOf([observation({})]);
    const { agent } = agentOf(store, 3);
    const all = await Promise.all(Array.from({ length: 10 }, () => agent.analyzeUserBehaviorPatterns(ADA)));
    expect(all.every(({ ok: isOk }) => isOk)).toBe(true);
    expect(mostAtOnce()).toBe(3);
    expect(agent.limit.takePeak()).toBe(10);
  });

  it('stops between two pages when nobody waits any more', async () => {
    const controller = new AbortController();
    const rows = Array.from({ length: 3_000 }, () => observation({}));
    const { store, queries } = storeOf(rows);
    const { agent, recorded } = agentOf({
      retrieveLearningData: async (query) => {
        const page = await store.retrieveLearningData(query);
        controller.abort();
        return page;
      },
    });
    expect(await agent.analyzeUserBehaviorPatterns(ADA, controller.signal)).toEqual(err({ kind: 'aborted' }));
    expect(queries).toHaveLength(1);
    expect(recorded).toEqual([{ operation: 'analyse', status: 'aborted' }]);
  });

  it('answers with the vault’s error and counts the operation as failed', async () => {
    const { agent, recorded } = agentOf({ retrieveLearningData: async () => err({ kind: 'locked' }) });
    expect(await agent.analyzeUserBehaviorPatterns(ADA)).toEqual(err({ kind: 'locked' }));
    expect(recorded).toEqual([{ operation: 'analyse', status: 'failed' }]);
  });

  it('keeps counting the frequent when there are more names than it can keep', async () => {
    const rows = Array.from({ length: 12_000 }, (_, at) =>
      observation({ phraseId: at % 4 === 0 ? 'often' : `once-${at}` }),
    );
    const { agent } = agentOf(storeOf(rows).store);
    const analysed = await agent.analyzeUserBehaviorPatterns(ADA);
    if (!analysed.ok) throw new Error(analysed.error.kind);
    expect(analysed.value.byPhrase[0]).toMatchObject({ name: 'often', count: 3_000 });
    expect(analysed.value.byPhrase).toHaveLength(100);
  });
});
