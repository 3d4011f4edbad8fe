import { describe, expect, it } from 'vitest';
import { newId, type PhraseId, type UtteranceId } from '../../../src/core/ids';
import type { Interaction, PhraseView } from '../../../src/echo';
import { announcement } from '../../../src/ui/announcement';
import { en } from '../../../src/ui/i18n/en';
import { createText } from '../../../src/ui/i18n/localisation';

const [tea, night] = [newId<PhraseId>(), newId<PhraseId>()];
const phrase = (id: PhraseId, name: string): PhraseView => ({
  id,
  name,
  action: { kind: 'note', text: '' },
  createdAt: 0,
  updatedAt: 0,
  takes: [],
  strength: undefined,
});
const phrases = [phrase(tea, 'Tea'), phrase(night, 'Good night')];

function heard(
  outcome: Interaction['recognition']['outcome'],
  change: Partial<Interaction> = {},
): Interaction {
  const candidate = (phraseId: PhraseId, confidence: number) => ({
    phraseId,
    confidence,
    distance: 0.2,
    threshold: 0.4,
  });
  return {
    id: newId<UtteranceId>(),
    heardAt: 0,
    durationMs: 900,
    waveform: [],
    quality: { flaws: [], peakDb: -12, signalToNoiseDb: 30 },
    recognition: {
      outcome,
      candidates: outcome === 'unknown' ? [] : [candidate(tea, 0.95), candidate(night, 0.05)],
      scorers: ['template'],
      decisionMs: 20,
    },
    action: { kind: 'not-run' },
    ...change,
  };
}

const say = (stage: 'asking' | 'acting' | 'settled', interaction: Interaction) =>
  announcement(
    createText(en, 'en'),
    new Intl.ListFormat('en', { type: 'disjunction' }),
    stage,
    interaction,
    phrases,
  );
const noted = { kind: 'done', detail: 'Good night' } as const;

describe('announcement', () => {
  it('says what was recognised, how sure, and what it did', () => {
    const words = say('settled', heard('accepted', { phraseId: tea, action: { kind: 'done', detail: '' } }));
    expect(words).toBe('Heard: Tea, sure. Noted');
  });

  it('says nothing while the action is under way', () => {
    expect(say('acting', heard('accepted', { phraseId: tea }))).toBe('');
  });

  it('asks only while the question is open', () => {
    expect(say('asking', heard('did-you-mean'))).toBe('Did you mean: Tea or Good night?');
    const chosen = heard('did-you-mean', { phraseId: night, action: noted });
    expect(say('settled', chosen)).toBe('Good night. Noted: Good night');
  });

  it('says the same before and after what was chosen is learnt', () => {
    const chosen = heard('did-you-mean', { phraseId: night, action: noted });
    const learnt = { ...chosen, correction: { kind: 'phrase', phraseId: night } } as const;
    expect(say('settled', learnt)).toBe(say('settled', chosen));
  });

  it('says that none was meant once that is learnt', () => {
    const none = heard('did-you-mean');
    expect(say('settled', none)).toBe('');
    expect(say('settled', { ...none, correction: { kind: 'nothing' } })).toBe('You said it was nothing');
  });

  it('names the right phrase with the outcome of the right action after a correction', () => {
    const correction = { kind: 'phrase', phraseId: night } as const;
    const corrected = heard('accepted', { phraseId: tea, correction, action: noted });
    expect(say('settled', corrected)).toBe('You said it was “Good night”');
    expect(say('settled', { ...corrected, phraseId: night })).toBe('Good night. Noted: Good night');
  });

  it('says that it knows nothing alike', () => {
    expect(say('settled', heard('unknown'))).toBe('That is nothing I know.');
  });
});
