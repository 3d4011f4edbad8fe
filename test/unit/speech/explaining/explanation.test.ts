import { describe, expect, it } from 'vitest';
import { newId, type PhraseId } from '../../../../src/core/ids';
import { explain } from '../../../../src/speech/explaining/explanation';
import { AH, decision, EE, heard, learnt, OO, word, wordAt } from './explaining-sounds';

const right = newId<PhraseId>();
const wrong = newId<PhraseId>();
const utterance = word(AH, EE, OO);
const accepted = decision('accepted', right, wrong);

const explained = (
  takes: Parameters<typeof explain>[0]['takes'],
  recognition = accepted,
  interaction = heard(recognition),
) => explain({ interaction, features: utterance, takes, now: recognition });

describe('explain', () => {
  const takes = [learnt(right, wordAt(124, AH, EE, OO)), learnt(wrong, wordAt(124, AH, EE, AH))];

  it('finds the segments that decided where the phrases differ, and nowhere else', () => {
    const { segments, summary } = explained(takes);
    const deciding = segments.filter(({ isDeciding }) => isDeciding);
    expect(deciding.length).toBeGreaterThan(0);
    // The last vowel lies from 500 to 700 ms.
    for (const { fromMs, toMs } of deciding) {
      expect(fromMs).toBeGreaterThanOrEqual(440);
      expect(toMs).toBeLessThanOrEqual(760);
    }
    expect(summary).toEqual({ kind: 'one-part', decided: 'end' });
  });

  it('adds up: the segments make the whole distance of either recording', () => {
    const { segments, winner, runnerUp } = explained(takes);
    const total = (key: 'winnerDistance' | 'otherDistance' | 'forWinner') =>
      segments.reduce((sum, segment) => sum + segment[key], 0);
    expect(total('winnerDistance')).toBeCloseTo(winner?.distance ?? Number.NaN, 9);
    expect(total('otherDistance')).toBeCloseTo(runnerUp?.distance ?? Number.NaN, 9);
    expect(total('forWinner')).toBeCloseTo((runnerUp?.distance ?? 0) - (winner?.distance ?? 0), 9);
  });

  it('draws all three on the time of the utterance', () => {
    const { utterance: picture, winner, runnerUp } = explained(takes);
    expect(picture.columnCount).toBeGreaterThan(70);
    expect(picture.columnCount).toBeLessThanOrEqual(300);
    expect(picture.bytes).toHaveLength(picture.columnCount * picture.bandCount);
    expect(Math.max(...picture.bytes)).toBe(255);
    for (const one of [winner, runnerUp]) {
      expect(one?.aligned.columnCount).toBe(picture.columnCount);
      expect([...(one?.columns ?? [])]).toEqual([...(one?.columns ?? [])].sort((a, b) => a - b));
    }
  });

  it('takes the nearest recording of each phrase', () => {
    const far = learnt(right, word(OO, OO, OO));
    expect(explained([far, ...takes]).winner?.takeId).toBe(takes[0]?.take.id);
  });

  it('does not compare an utterance with what a correction made from it', () => {
    const interaction = heard(accepted);
    const itself = learnt(right, utterance, { source: 'correction', utteranceId: interaction.id });
    const { winner } = explained([itself, ...takes], accepted, interaction);
    expect(winner?.takeId).toBe(takes[0]?.take.id);
    expect(explained([itself], accepted, interaction).winner).toBeUndefined();
  });

  it('leaves counter-examples out', () => {
    const misfire = learnt(right, utterance, { role: 'counter-example' });
    expect(explained([misfire, ...takes]).winner?.takeId).toBe(takes[0]?.take.id);
  });

  it('tells the figures of the decision as they were', () => {
    const { winnerThen, runnerUpThen, margin, outcome } = explained(takes);
    expect(outcome).toBe('accepted');
    expect(winnerThen).toMatchObject({ phraseId: right, confidence: 0.9, threshold: 30 });
    expect(runnerUpThen?.phraseId).toBe(wrong);
    expect(margin).toBeCloseTo(1);
  });

  it('compares with what would still be accepted where there is no other phrase', () => {
    const { summary, runnerUp, segments } = explained(takes.slice(0, 1), decision('accepted', right));
    expect(runnerUp).toBeUndefined();
    expect(summary.kind).toBe('alone');
    expect(segments.some(({ isDeciding }) => isDeciding)).toBe(true);
  });

  it('says what was different about something unknown', () => {
    const far = { ...decision('unknown', right, wrong) };
    const { summary, segments } = explained(
      [learnt(right, wordAt(124, OO, EE, OO)), learnt(wrong, word(OO))],
      { ...far, candidates: far.candidates.map((candidate) => ({ ...candidate, distance: 60 })) },
    );
    expect(summary).toEqual({ kind: 'unknown', different: 'beginning' });
    expect(segments.filter(({ isDeciding }) => isDeciding).every(({ part }) => part === 'beginning')).toBe(
      true,
    );
  });

  it('has nothing to compare with after everything was deleted, and says so', () => {
    const { winner, segments, summary } = explained([]);
    expect(winner).toBeUndefined();
    expect(segments).toEqual([]);
    expect(summary).toEqual({ kind: 'nothing-to-compare' });
    expect(explained([], decision('unknown')).winnerThen).toBeUndefined();
  });

  it('is the same every time', () => {
    const interaction = heard(accepted);
    expect(explained(takes, accepted, interaction)).toEqual(explained(takes, accepted, interaction));
  });
});
