import { describe, expect, it } from 'vitest';
import { UsageEvidence } from '../../../src/adaptation/usage-evidence';

const heard = (
  utteranceId: string,
  at: number,
  more: Readonly<Record<string, string | number | boolean>> = {},
) => ({
  createdAt: at,
  sessionId: 'visit',
  content: {
    interactionType: 'voice-command',
    utteranceId,
    phraseId: 'tea',
    recognition: 'accepted',
    outcome: 'done',
    confidence: 0.9,
    latencyMs: 40,
    ...more,
  },
});
const corrected = (subjectId: string, phraseId: string | null) => ({
  createdAt: 9,
  content: { interactionType: 'correction', subjectId, after: { phraseId } },
});
const undone = (utteranceId: string) => ({ createdAt: 9, content: { interactionType: 'undo', utteranceId } });
const NONE = new Map<string, number>();
const valuesOf = (evidence: UsageEvidence, metric: string) =>
  evidence.observations(metric).map(({ value }) => value);

describe('what learning data says about how Echo is doing', () => {
  it('tells complaints of every kind, once each, and nothing about the answer to a question', () => {
    const evidence = new UsageEvidence();
    for (const id of ['a', 'b', 'c', 'd']) evidence.add(heard(id, 1));
    evidence.add(heard('e', 2, { declined: true, outcome: 'not-run' }));
    evidence.add(corrected('a', 'lamp'));
    evidence.add(undone('a'));
    evidence.add(undone('b'));
    evidence.add(corrected('c', 'tea'));
    expect(valuesOf(evidence, 'complaints')).toEqual([1, 1, 0, 0, 1]);
  });

  it('takes what was no phrase for a false trigger, and a phrase that was not known for a miss', () => {
    const evidence = new UsageEvidence();
    evidence.add(heard('a', 1));
    evidence.add(heard('b', 2, { recognition: 'unknown', phraseId: false, outcome: 'not-run' }));
    evidence.add(heard('c', 3));
    evidence.add(corrected('a', null));
    evidence.add(corrected('b', 'tea'));
    expect(valuesOf(evidence, 'misheard')).toEqual([1, 1, 0]);
    expect(evidence.recentUse(new Set(['c']))).toMatchObject({
      utterances: 3,
      falseTriggerShare: 1 / 3,
      missShare: 1 / 3,
      lookedCloserShare: 1 / 3,
    });
  });

  it('counts the bother of questions, of moments to stop it, and of what nobody wanted', () => {
    const evidence = new UsageEvidence();
    evidence.add(heard('at once', 1));
    evidence.add(heard('asked', 2, { decision: 'ask' }));
    evidence.add(heard('turned down', 3, { decision: 'ask', declined: true, outcome: 'not-run' }));
    evidence.add(heard('waited', 4, { decision: 'undo-window' }));
    evidence.add(heard('undone', 5, { decision: 'undo-window' }));
    evidence.add(undone('undone'));
    evidence.add(heard('unknown', 6, { recognition: 'unknown', phraseId: false }));
    expect(valuesOf(evidence, 'bother-seconds')).toEqual([0, 2, 2, 1, 6]);
  });

  it('knows what was said again at once', () => {
    const evidence = new UsageEvidence();
    const unknown = { recognition: 'unknown', phraseId: false, outcome: 'not-run' } as const;
    evidence.add(heard('a', 1_000, unknown));
    evidence.add(heard('b', 5_000));
    evidence.add(heard('c', 10_000, unknown));
    evidence.add(heard('d', 30_000));
    expect(valuesOf(evidence, 'repeats')).toEqual([1, 0, 0, 0]);
  });

  it('counts a record that comes twice once', () => {
    const evidence = new UsageEvidence();
    evidence.add(heard('a', 1));
    evidence.add(heard('a', 1));
    expect(valuesOf(evidence, 'decision-seconds')).toEqual([0.04]);
  });

  it('gives each story to the policy once, when it is over, and again when a complaint comes late', () => {
    const evidence = new UsageEvidence();
    evidence.add(heard('a', 1));
    expect(evidence.takeFeedback(false, NONE)).toEqual([]);
    evidence.add(heard('b', 2));
    expect(evidence.takeFeedback(false, NONE)).toEqual([{ phraseId: 'tea', confidence: 0.9, wanted: 1 }]);
    expect(evidence.takeFeedback(true, NONE)).toHaveLength(1);
    expect(evidence.takeFeedback(true, NONE)).toEqual([]);
    evidence.add(undone('a'));
    expect(evidence.takeFeedback(true, NONE)).toEqual([{ phraseId: 'tea', confidence: 0.9, wanted: 0 }]);
  });

  it('leaves out what was forgotten, and takes contentment for part of a yes', () => {
    const evidence = new UsageEvidence();
    evidence.add(heard('a', 1));
    evidence.add(heard('b', 5, { satisfaction: 0.4 }));
    expect(evidence.takeFeedback(true, new Map([['tea', 3]]))).toMatchObject([{ wanted: 0.4 }]);
  });
});
