import { describe, expect, it } from 'vitest';
import type { PhraseId } from '../../../../src/core/ids';
import { seededRandom } from '../../../../src/core/random';
import { settleByHabit } from '../../../../src/speech/recognition/habit-prior';
import { PhraseRecogniser } from '../../../../src/speech/recognition/phrase-recogniser';
import { phraseId, sayPhrase, takeId, teach } from '../../../support/synthetic-phrases';

const candidate = (phrase: number, distance: number, threshold = 10) => ({
  phraseId: phraseId(phrase),
  confidence: 0.6,
  distance,
  threshold,
});
const expecting = (...chances: readonly (readonly [number, number])[]) => ({
  chances: chances.map(([phrase, probability]) => ({ phraseId: phraseId(phrase), probability })),
});

describe('habit as a prior', () => {
  it('settles a tie in favour of what is expected', () => {
    const settled = settleByHabit(
      [candidate(0, 5), candidate(1, 5.2), candidate(2, 9)],
      expecting([1, 0.8], [0, 0.05]),
    );
    expect(settled?.outcome).toBe('accepted');
    expect(settled?.candidates.map((one) => one.phraseId)).toEqual([1, 0, 2].map(phraseId));
    expect(settled?.habit).toEqual({ over: phraseId(0), probability: 0.8 });
  });

  it('confirms the nearer of two as well, and says over which', () => {
    const settled = settleByHabit([candidate(0, 5), candidate(1, 5.2)], expecting([0, 0.9]));
    expect(settled?.candidates[0]?.phraseId).toBe(phraseId(0));
    expect(settled?.habit?.over).toBe(phraseId(1));
  });

  it.each([
    ['the other is clearly farther', [candidate(0, 5), candidate(1, 6)], expecting([1, 1])],
    [
      'one of the two is outside its own threshold',
      [candidate(0, 5), candidate(1, 5.1, 5)],
      expecting([1, 1]),
    ],
    ['both are about as likely', [candidate(0, 5), candidate(1, 5.1)], expecting([1, 0.5], [0, 0.4])],
    ['neither is likely', [candidate(0, 5), candidate(1, 5.1)], expecting([1, 0.3])],
    ['nothing is known', [candidate(0, 5), candidate(1, 5.1)], expecting()],
    ['there is nothing else', [candidate(0, 5)], expecting([0, 1])],
  ])('has no say where %s', (_, candidates, habit) => {
    expect(settleByHabit(candidates, habit)).toBeUndefined();
  });

  it('settles between phrases that were taught with the same recordings, and turns no clear winner around', () => {
    const twin = teach(0, 3).map((take, index) => ({
      ...take,
      takeId: takeId(60, index),
      phraseId: phraseId(60),
    }));
    const recogniser = new PhraseRecogniser();
    for (const exemplar of [...[0, 1, 2, 3, 4, 5].flatMap((phrase) => teach(phrase, 3)), ...twin])
      recogniser.enrol(exemplar);
    const certain = (id: PhraseId) => ({ chances: [{ phraseId: id, probability: 1 }], expiresAt: 0 });
    const said = sayPhrase(0, seededRandom(77));
    expect(recogniser.recognise(said).outcome).toBe('did-you-mean');
    for (const id of [phraseId(0), phraseId(60)]) {
      const { outcome, candidates, habit } = recogniser.recognise(said, certain(id));
      expect([outcome, candidates[0]?.phraseId, habit?.probability]).toEqual(['accepted', id, 1]);
    }
    for (const phrase of [1, 2, 3]) {
      const clear = sayPhrase(phrase, seededRandom(77));
      expect(recogniser.recognise(clear, certain(phraseId(0)))).toEqual(recogniser.recognise(clear));
    }
  });
});
