import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HabitReportSchema } from '../../../../src/behaviour/habits/habit-report';
import { NextActionLearner } from '../../../../src/behaviour/habits/next-action-learner';
import { Trial } from '../../../../src/learning/conformance/trial';
import type { LearningData } from '../../../../src/learning/learning-data';
import { nextActionSamples } from '../../../conformance/habit-samples';

const config = { maximumActions: 20 };
const [first] = nextActionSamples.data;
const trial = new Trial(() => new NextActionLearner('next-action'), { ...nextActionSamples, config }, {});

async function reportAfter(data: readonly LearningData[]) {
  const learner = new NextActionLearner('next-action');
  await learner.initialize(config);
  await trial.teach(learner, structuredClone([...data]));
  return v.parse(HabitReportSchema, learner.getInsights());
}

describe('NextActionLearner', () => {
  it('tells what follows what, and which two are nearly always done together', async () => {
    const { transitions, routines, events, actions } = await reportAfter(nextActionSamples.data);
    expect([events, actions]).toEqual([25, 5]);
    expect(transitions[0]).toMatchObject({ from: 'good-morning', to: 'kettle', probability: 1 });
    expect(routines).toEqual([
      expect.objectContaining({ first: 'good-morning', second: 'kettle', share: 1 }),
    ]);
  });

  it('does not count what was corrected', async () => {
    const { transitions } = await reportAfter(nextActionSamples.data);
    expect(transitions.some(({ to }) => to === 'good-night')).toBe(false);
    const uncorrected = nextActionSamples.data.filter(({ dataType }) => dataType !== 'correction');
    const told = await reportAfter(uncorrected);
    expect(told.transitions.some(({ to }) => to === 'good-night')).toBe(true);
  });

  it('compares itself with simple guesses on the same events', async () => {
    const { curve } = await reportAfter(nextActionSamples.data);
    expect(curve.reduce((sum, { events }) => sum + events, 0)).toBe(25);
    const late = curve.at(-2);
    expect(late?.hitRate['markov-1']).toBeGreaterThan(late?.hitRate['most-recent'] ?? 1);
    expect(late?.hitRate['next-action']).toBeGreaterThanOrEqual(late?.hitRate['most-frequent'] ?? 1);
  });

  it('remembers how often an offer was put away', async () => {
    const { dismissals } = await reportAfter(nextActionSamples.data);
    expect(dismissals).toEqual([expect.objectContaining({ offer: 'kettle', times: 1 })]);
  });

  it('keeps the curve short however much happens', async () => {
    if (first === undefined) throw new Error('no sample');
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
