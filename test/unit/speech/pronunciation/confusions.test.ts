import { describe, expect, it } from 'vitest';
import type { PhraseId, TakeId } from '../../../../src/core/ids';
import { findConfusions, type MistakenUtterance } from '../../../../src/speech/pronunciation/confusions';
import { adviseOn } from '../../../../src/speech/pronunciation/pronunciation-advice';
import type { TakeEvidence } from '../../../../src/speech/teaching/error-curve';
import { idOf } from '../../../support/voiceprints';

const [one, two, three] = [1, 2, 3].map((number) => idOf<PhraseId>(number)) as [PhraseId, PhraseId, PhraseId];
let count = 0;

const take = (phraseId: PhraseId, own: number, rivals: readonly [PhraseId, number][]): TakeEvidence => {
  count += 1;
  return { takeId: idOf<TakeId>(count), phraseId, ownDistances: [own, 1.2 * own], rivals: new Map(rivals) };
};

const takes = [
  take(one, 10, [
    [two, 10.5],
    [three, 40],
  ]),
  take(one, 10, [
    [two, 11],
    [three, 40],
  ]),
  take(two, 10, [
    [one, 10],
    [three, 40],
  ]),
  take(three, 10, [
    [one, 40],
    [two, 40],
  ]),
];

describe('findConfusions', () => {
  it('finds who is near whom by distance, once for both directions', () => {
    const [first, ...others] = findConfusions(takes);
    expect(first?.phraseIds).toEqual([one, two]);
    expect(first?.similarity).toBeGreaterThan(0.4);
    expect(others).toEqual([]);
  });

  it('learns from corrections what distances do not show, and that what is never mistaken is told apart', () => {
    const mistaken: MistakenUtterance[] = Array.from({ length: 6 }, () => ({ saidId: three, heardId: one }));
    const said = new Map([
      [three, 10],
      [one, 0],
    ]);
    const confusion = findConfusions(takes, mistaken, said).find(({ phraseIds }) =>
      phraseIds.includes(three),
    );
    expect(confusion).toMatchObject({ phraseIds: [one, three], corrections: 6 });
    expect(confusion?.similarity).toBeGreaterThan(0.3);
    const used = new Map([
      [one, 60],
      [two, 60],
    ]);
    const before = findConfusions(takes)[0]?.similarity ?? 0;
    expect(findConfusions(takes, [], used)[0]?.similarity ?? 0).toBeLessThan(before / 3);
  });

  it('does not take a phrase for confused with itself, and knows nothing of nothing', () => {
    expect(findConfusions([], [{ saidId: one, heardId: one }])).toEqual([]);
    expect(findConfusions([])).toEqual([]);
  });

  it('becomes advice where it matters', () => {
    const advice = adviseOn([], findConfusions(takes));
    expect(advice).toMatchObject([{ kind: 'similar-pair', phraseIds: [one, two] }]);
  });
});
