import { describe, expect, it } from 'vitest';
import { sayOf, sayOfPart, sharedOut } from '../../../../src/speech/explaining/deciding';
import { summarise } from '../../../../src/speech/explaining/explanation-summary';

/** Six segments of two frames, the first and the last of them silent. */
const segments = [0, 2, 4, 6, 8, 10].map((from) => ({ from, to: from + 2 }));
const weights = Float32Array.from({ length: 12 }, (_, frame) => (frame < 2 || frame > 9 ? 0.2 : 1));
const costs = (...ofSegments: readonly number[]) =>
  Float64Array.from(ofSegments.flatMap((cost) => [cost / 2, cost / 2]));
const nothing = { costs: costs(0, 0, 0, 0, 0, 0) };

describe('sayOf', () => {
  it('tells to the millisecond and to the last bit what each segment said', () => {
    const says = sayOf(segments, { weights }, { costs: costs(1, 2, 0, 1, 0, 0) }, costs(1, 1, 6, 1, 2, 0), 1);
    expect(says.map(({ fromMs }) => fromMs)).toEqual([0, 40, 80, 120, 160, 200]);
    expect(says.map(({ forWinner }) => forWinner)).toEqual([0, -1, 6, 0, 2, 0]);
    expect(says.map(({ part }) => part)).toEqual([
      'silence',
      'beginning',
      'middle',
      'middle',
      'end',
      'silence',
    ]);
    expect(says.map(({ isDeciding }) => isDeciding)).toEqual([false, false, true, false, false, false]);
  });

  it('names as few as it takes for half of what spoke that way', () => {
    const says = sayOf(segments, { weights }, nothing, costs(0, 3, 3, 3, 3, 0), 1);
    expect(says.filter(({ isDeciding }) => isDeciding)).toHaveLength(2);
  });

  it('never lets a silence decide', () => {
    const says = sayOf(segments, { weights }, nothing, costs(90, 1, 0, 0, 0, 90), 1);
    expect(says.filter(({ isDeciding }) => isDeciding).map(({ fromMs }) => fromMs)).toEqual([40]);
  });

  it('looks for what spoke against where that decided', () => {
    const says = sayOf(
      segments,
      { weights },
      { costs: costs(0, 1, 1, 9, 1, 0) },
      costs(0, 3, 3, 3, 3, 0),
      -1,
    );
    expect(says.filter(({ isDeciding }) => isDeciding).map(({ fromMs }) => fromMs)).toEqual([120]);
  });
});

it('shares a distance out by what frames count', () => {
  expect([...sharedOut(6, Float32Array.of(1, 0.5, 0.5))]).toEqual([3, 1.5, 1.5]);
});

describe('summarise', () => {
  const summary = (others: Float64Array, winner = nothing.costs) =>
    summarise(sayOf(segments, { weights }, { costs: winner }, others, 1), 'accepted', true);

  it.each([
    ['throughout', costs(0, 4, 2, 2, 4, 0), { kind: 'throughout' }],
    ['one part', costs(0, 0, 3, 3, 0, 0), { kind: 'one-part', decided: 'middle' }],
    ['two parts', costs(0, 0, 1, 1, 5, 0), { kind: 'also', also: 'middle', decided: 'end' }],
  ] as const)('tells apart: %s', (_, others, expected) => {
    expect(summary(others)).toEqual(expected);
  });

  it('tells what spoke for the other one', () => {
    const winner = costs(0, 3, 0, 0, 0, 0);
    expect(summary(costs(0, 0, 0, 0, 8, 0), winner)).toEqual({
      kind: 'against',
      against: 'beginning',
      decided: 'end',
    });
    expect(summary(costs(0, 0, 0, 0, 1, 0), winner)).toEqual({ kind: 'not-by-these' });
  });

  it('says so when there is no other, and when there is nothing', () => {
    const says = sayOf(segments, { weights }, nothing, costs(0, 0, 0, 0, 1, 0), 1);
    expect(summarise(says, 'accepted', false)).toEqual({ kind: 'alone', nearest: 'end' });
    expect(summarise(says, 'unknown', true)).toMatchObject({ kind: 'unknown' });
    expect(summarise([], 'accepted', true)).toEqual({ kind: 'nothing-to-compare' });
    expect(sayOfPart([], 'end')).toBe(0);
  });
});
