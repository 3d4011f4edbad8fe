import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HabitKnowledge } from '../../../../src/behaviour/habits/habit-knowledge';
import { HabitReportSchema } from '../../../../src/behaviour/habits/habit-report';
import { NextActionLearner } from '../../../../src/behaviour/habits/next-action-learner';
import type { JsonObject } from '../../../../src/core/json';
import { Trial } from '../../../../src/learning/conformance/trial';
import type { LearningData } from '../../../../src/learning/learning-data';
import { nextActionSamples } from '../../../conformance/habit-samples';

const config = { maximumActions: 20 };
const DAY_MS = 86_400_000;
const trial = new Trial(() => new NextActionLearner('next-action'), { ...nextActionSamples, config }, {});

async function reportAfter(data: readonly LearningData[]) {
  const learner = new NextActionLearner('next-action');
  await learner.initialize(config);
  await trial.teach(learner, structuredClone([...data]));
  return v.parse(HabitReportSchema, learner.getInsights());
}

function sample(): LearningData {
  const [first] = nextActionSamples.data;
  if (first === undefined) throw new Error('no sample');
  return first;
}

describe('NextActionLearner', () => {
  it('tells what follows what, and which two are nearly always done together', async () => {
    const { transitions, routines, events, actions } = await reportAfter(nextActionSamples.data);
    expect([events, actions]).toEqual([24, 4]);
    expect(transitions[0]).toMatchObject({ from: 'good-morning', to: 'kettle', probability: 1 });
    expect(routines).toEqual([
      expect.objectContaining({ first: 'good-morning', second: 'kettle', share: 1 }),
    ]);
  });

  it('does not count what was corrected to nothing', async () => {
    const { transitions } = await reportAfter(nextActionSamples.data);
    expect(transitions.some(({ to }) => to === 'good-night')).toBe(false);
    const uncorrected = nextActionSamples.data.filter(({ dataType }) => dataType !== 'correction');
    const told = await reportAfter(uncorrected);
    expect(told.transitions.some(({ to }) => to === 'good-night')).toBe(true);
  });

  it('compares itself with simple guesses on the same events', async () => {
    const { curve } = await reportAfter(nextActionSamples.data);
    expect(curve.reduce((sum, { events }) => sum + events, 0)).toBe(24);
    const late = curve.at(-2);
    expect(late?.hitRate['markov-1']).toBeGreaterThan(late?.hitRate['most-recent'] ?? 1);
    expect(late?.hitRate['next-action']).toBeGreaterThanOrEqual(late?.hitRate['most-frequent'] ?? 1);
  });

  it('remembers how often an offer was put away', async () => {
    const { dismissals } = await reportAfter(nextActionSamples.data);
    expect(dismissals).toEqual([expect.objectContaining({ offer: 'kettle', times: 1 })]);
  });

  it('does not count what was undone, turned down, or done by a suggestion that was taken back', async () => {
    const heard = (content: JsonObject): LearningData => ({
      ...sample(),
      content: { interactionType: 'voice-command', hour: 9, weekday: 2, ...content },
      createdAt: sample().createdAt + 20_000 * 60_000,
    });
    const undo = { interactionType: 'undo' };
    const unwanted = [
      heard({ phraseId: 'good-night', utteranceId: 'x' }),
      heard({ ...undo, utteranceId: 'x' }),
      heard({ phraseId: 'good-night', utteranceId: 'y', declined: true }),
      heard({ phraseId: 'good-night', interactionType: 'suggestion', suggestionId: 'z' }),
      heard({ ...undo, suggestionId: 'z' }),
    ];
    expect(await reportAfter([...nextActionSamples.data, ...unwanted])).toEqual(
      await reportAfter(nextActionSamples.data),
    );
    const kept = await reportAfter([...nextActionSamples.data, ...unwanted.slice(3, 4)]);
    expect(kept.events).toBe(25);
  });

  it('counts what a correction says was wanted, unless it is typed again by itself', async () => {
    const corrected = (after: JsonObject): readonly LearningData[] =>
      nextActionSamples.data.map((data) =>
        data.dataType === 'correction' ? { ...data, content: { ...data.content, after } } : data,
      );
    const instead = await reportAfter(corrected({ phraseId: 'bath' }));
    expect(instead.events).toBe(25);
    expect(instead.transitions.map(({ to }) => to)).toContain('bath');
    const typed = await reportAfter(corrected({ phraseId: 'bath', interactionType: 'typed-command' }));
    expect(typed).toEqual(await reportAfter(nextActionSamples.data));
  });

  it('goes on from what the first version of it kept', async () => {
    const knowledge = new HabitKnowledge(20);
    for (let day = 0; day < 6; day += 1)
      for (const [at, action] of ['rise', 'kettle'].entries())
        knowledge.learn(action, {
          atMs: day * DAY_MS + at,
          minuteOfDay: 480,
          weekday: day,
          appState: 'idle',
        });
    const { saved, weights } = knowledge.save();
    const undoable = { moment: {}, last: [], lastAtMs: null };
    const state = {
      ...saved,
      model: { ...saved.model, undoable },
      maximumActions: 20,
      subject: '',
      dismissals: [],
    };
    const learner = new NextActionLearner('next-action');
    await learner.initialize(config);
    const snapshot = { learnerType: 'next-action', version: 1, state: structuredClone(state), weights };
    expect(await learner.load(snapshot)).toMatchObject({ ok: true });
    expect(v.parse(HabitReportSchema, learner.getInsights())).toMatchObject({
      events: 12,
      transitions: [{ from: 'rise', to: 'kettle' }, { from: 'kettle' }],
    });
  });

  it('keeps the curve short however much happens', async () => {
    const first = sample();
    const many = Array.from({ length: 900 }, (_, at) => ({
      ...first,
      content: { ...first.content, phraseId: `p${at % 3}`, utteranceId: `u${at}` },
      createdAt: first.createdAt + at * 60_000,
    }));
    const { curve } = await reportAfter(many);
    expect(curve.length).toBeLessThanOrEqual(64);
    expect(curve.reduce((sum, { events }) => sum + events, 0)).toBe(900);
  });
});
