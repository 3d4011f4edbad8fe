import { describe, expect, it } from 'vitest';
import type { HabitMoment } from '../../../../src/behaviour/habits/habit-moment';
import { habitParameters } from '../../../../src/behaviour/habits/habit-parameters';
import { NextActionModel } from '../../../../src/behaviour/habits/next-action-model';

const MINUTE_MS = 60_000;
const at = (minutes: number): HabitMoment => ({
  atMs: minutes * MINUTE_MS,
  minuteOfDay: minutes % 1_440,
  weekday: Math.floor(minutes / 1_440) % 7,
  appState: 'idle',
});

/** Every morning the same three things, every evening one. */
function live(model: NextActionModel, days: number, morning = ['rise', 'kettle', 'news'], from = 0): void {
  for (let day = from; day < from + days; day += 1) {
    for (const [index, action] of morning.entries()) model.learn(action, at(day * 1_440 + 420 + 3 * index));
    model.learn('sleep', at(day * 1_440 + 1_320));
  }
}

const best = (model: NextActionModel, moment: HabitMoment): string | undefined =>
  model.predict(moment).ranked[0]?.action;

describe('NextActionModel', () => {
  it('expects only something new before it has seen anything', () => {
    expect(new NextActionModel().predict(at(0))).toEqual({ ranked: [], newProbability: 1 });
  });

  it('foresees what follows what, and what is done at which time', () => {
    const model = new NextActionModel();
    live(model, 12);
    const morning = 12 * 1_440 + 420;
    expect(best(model, at(morning))).toBe('rise');
    model.learn('rise', at(morning));
    expect(best(model, at(morning + 3))).toBe('kettle');
    model.learn('kettle', at(morning + 3));
    expect(best(model, at(morning + 6))).toBe('news');
    model.learn('news', at(morning + 6));
    expect(best(model, at(12 * 1_440 + 1_320))).toBe('sleep');
  });

  it('gives probabilities that sum to one, with some left for something new', () => {
    const model = new NextActionModel();
    for (let days = 1; days < 30; days += 4) {
      live(model, 4, undefined, days);
      const { ranked, newProbability } = model.predict(at(days * 1_440 + 430));
      const sum = ranked.reduce((total, { probability }) => total + probability, newProbability);
      expect(sum).toBeCloseTo(1, 9);
      expect(newProbability).toBeGreaterThan(0);
      expect(ranked.every(({ probability }) => probability > 0)).toBe(true);
    }
  });

  it('expects something new more when new things keep coming', () => {
    const settled = new NextActionModel();
    live(settled, 20);
    const curious = new NextActionModel();
    for (let one = 0; one < 80; one += 1) curious.learn(`new-${one}`, at(one * 10));
    expect(curious.predict(at(900)).newProbability).toBeGreaterThan(
      5 * settled.predict(at(900)).newProbability,
    );
  });

  it('unlearns what is no longer so', () => {
    const model = new NextActionModel();
    live(model, 20);
    live(model, 12, ['rise', 'radio', 'run'], 20);
    model.learn('rise', at(32 * 1_440 + 420));
    expect(best(model, at(32 * 1_440 + 423))).toBe('radio');
  });

  it('knows so many actions and no more, and forgets the one done longest ago', () => {
    const model = new NextActionModel({ ...habitParameters, actions: 5, contexts: 10 });
    for (let round = 0; round < 400; round += 1) model.learn(`a${round % 9}`, at(round * 7));
    const { ranked } = model.predict(at(3_000));
    expect(ranked.map(({ action }) => action).sort()).toEqual(['a8', 'a0', 'a1', 'a2', 'a3'].sort());
    const early = JSON.stringify(model.save().saved).length;
    for (let round = 400; round < 2_000; round += 1) model.learn(`a${round % 9}`, at(round * 7));
    expect(JSON.stringify(model.save().saved).length).toBeLessThan(1.2 * early);
  });

  it('goes on from what was saved to the last bit', () => {
    const model = new NextActionModel();
    live(model, 9);
    const { saved, weights } = structuredClone(model.save());
    const other = new NextActionModel();
    other.restore(saved, weights);
    live(model, 3, undefined, 9);
    live(other, 3, undefined, 9);
    expect(other.predict(at(18_000))).toEqual(model.predict(at(18_000)));
    expect(other.save()).toEqual(model.save());
  });

  it('refuses what does not belong together', () => {
    const model = new NextActionModel();
    live(model, 3);
    const { saved, weights } = model.save();
    const restore =
      (change: Partial<typeof saved>, bytes = weights) =>
      () =>
        new NextActionModel().restore({ ...saved, ...change }, bytes);
    expect(restore({}, weights.slice(4))).toThrow(TypeError);
    expect(restore({}, weights.slice(1))).toThrow(TypeError);
    expect(restore({ last: [99] })).toThrow(TypeError);
    expect(restore({ slots: { actions: ['a', 'a'], recent: [0, 1] } })).toThrow(TypeError);
  });
});
