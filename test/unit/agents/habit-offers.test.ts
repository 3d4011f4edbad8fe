import { describe, expect, it } from 'vitest';
import { routineOf, suggestionsOf } from '../../../src/agents/learning/habit-offers';
import {
  chosenPreferences,
  DetailHabit,
  learntPreferences,
  preferenceEvidence,
  settingsSaying,
} from '../../../src/agents/learning/preference-evidence';
import { joinedAction } from '../../../src/agents/talk/join-routine';
import { defaultSettings } from '../../../src/config/settings';
import { newId, type PhraseId } from '../../../src/core/ids';
import type { ActionSpec } from '../../../src/learning/action-spec';

const DAY_MS = 24 * 3_600_000;
const note: ActionSpec = { kind: 'note', text: '' };
const timer: ActionSpec = { kind: 'timer', label: '', durationSeconds: 600 };
const [a, b, c] = [newId<PhraseId>(), newId<PhraseId>(), newId<PhraseId>()];
const phrases = [
  { id: a, action: note },
  { id: b, action: timer },
  { id: c, action: { kind: 'none' } as const },
];
const known = { phrases, dismissals: [], nowMs: 100 * DAY_MS };

describe('offers of habits', () => {
  const foreseen = [c, a, 'gone', b].map((action, at) => ({ action, probability: 0.5 - at / 50 }));

  it('suggests what is likely, does something and is still there', () => {
    expect(suggestionsOf(foreseen, 20, known).map(({ phraseId }) => phraseId)).toEqual([a, b]);
  });

  it('suggests nothing before there is a habit, and nothing unlikely', () => {
    expect(suggestionsOf(foreseen, 7, known)).toEqual([]);
    expect(suggestionsOf([{ action: a, probability: 0.29 }], 20, known)).toEqual([]);
  });

  it('leaves what was put away for a week, and longer each time', () => {
    const offered = (times: number, daysAgo: number): boolean =>
      suggestionsOf([{ action: a, probability: 0.9 }], 20, {
        ...known,
        dismissals: [{ offer: a, times, at: known.nowMs - daysAgo * DAY_MS }],
      }).length > 0;
    expect([offered(1, 6), offered(1, 8), offered(2, 8), offered(2, 15)]).toEqual([false, true, false, true]);
  });

  it('offers to join a routine whose second part does something, unless it was put away', () => {
    const routine = (first: string, second: string) => ({ first, second, count: 6, share: 0.9 });
    expect(routineOf([routine(a, 'gone'), routine(a, c), routine(c, b)], known)).toMatchObject({
      first: c,
      second: b,
    });
    const dismissals = [{ offer: `${c}>${b}`, times: 1, at: known.nowMs }];
    expect(routineOf([routine(c, b)], { ...known, dismissals })).toBeUndefined();
  });

  it('joins two actions into steps that mean the same under another name', () => {
    expect(joinedAction({ name: 'Morning', action: note }, { name: 'Tea', action: timer })).toEqual({
      kind: 'sequence',
      steps: [
        { kind: 'note', text: 'Morning' },
        { kind: 'timer', label: 'Tea', durationSeconds: 600 },
      ],
    });
    expect(joinedAction({ name: 'Hello', action: { kind: 'none' } }, { name: 'Tea', action: timer })).toEqual(
      {
        kind: 'timer',
        label: 'Tea',
        durationSeconds: 600,
      },
    );
  });
});

describe('evidence of preferences', () => {
  it('comes from what is done, not from what is said', () => {
    const of = (content: Record<string, string | number | boolean>, interactionType = 'voice-command') =>
      preferenceEvidence({ interactionType, content });
    expect(of({ actionKind: 'speak', outcome: 'undone' })).toEqual([
      { preference: 'response-mode', value: 'silent' },
    ]);
    expect(of({ actionKind: 'speak', outcome: 'done' })).toEqual([
      { preference: 'response-mode', value: 'spoken' },
    ]);
    expect(of({ recognition: 'did-you-mean', rank: 0 })).toEqual([
      { preference: 'confirmation', value: 'act' },
    ]);
    expect(of({ recognition: 'did-you-mean', rank: 1 })).toEqual([
      { preference: 'confirmation', value: 'ask' },
    ]);
    expect(of({ recognition: 'did-you-mean', rank: 1, followUp: true })).toEqual([]);
    expect(of({}, 'undo')).toEqual([{ preference: 'confirmation', value: 'ask' }]);
    expect(of({ suggestionId: 'a' }, 'undo')).toEqual([]);
    expect(of({ decision: 'ask', outcome: 'done' })).toEqual([{ preference: 'confirmation', value: 'act' }]);
    expect(of({ decision: 'ask', outcome: 'not-run', declined: true })).toEqual([
      { preference: 'confirmation', value: 'ask' },
    ]);
    expect(of({ decision: 'ask', outcome: 'not-run' })).toEqual([]);
    expect(of({ actionKind: 'note', outcome: 'done', recognition: 'accepted', rank: 0 })).toEqual([]);
  });

  it('comes from choices in Settings', () => {
    const slower = { ...defaultSettings, voice: { voiceUri: 'Ada', rate: 0.8 } };
    expect(chosenPreferences(defaultSettings, slower)).toEqual([
      { preference: 'speech-rate', value: '0.75' },
      { preference: 'voice', value: 'Ada' },
    ]);
    expect(chosenPreferences(slower, slower)).toEqual([]);
    const asked = {
      ...slower,
      answers: { style: 'brief' as const },
      actions: { ...slower.actions, questions: 'more' as const },
    };
    expect(chosenPreferences(slower, asked)).toEqual([
      { preference: 'detail', value: 'brief' },
      { preference: 'confirmation', value: 'ask' },
    ]);
    expect(chosenPreferences(asked, { ...asked, actions: slower.actions })).toEqual([]);
  });

  it('takes one look at the details for more than an answer without one', () => {
    const details = new DetailHabit();
    const answers = (count: number) => Array.from({ length: count }, () => details.answered()).flat();
    expect(answers(4)).toEqual([]);
    expect(details.looked()).toEqual({ preference: 'detail', value: 'full' });
    expect(answers(4)).toEqual([]);
    expect(answers(6)).toEqual([
      { preference: 'detail', value: 'brief' },
      { preference: 'detail', value: 'brief' },
    ]);
  });
});

describe('what strategies may act on', () => {
  const belief = { confidence: 0.8, evidenceCount: 10, updatedAt: 1 };

  it('is what was learnt, not what the person said: that holds at once, in the settings', () => {
    const learnt = {
      ...belief,
      id: 'detail',
      preference: 'detail',
      value: 'full',
      source: 'learnt',
    } as const;
    const said = {
      ...belief,
      id: 'confirmation',
      preference: 'confirmation',
      value: 'ask',
      source: 'set',
    } as const;
    expect(learntPreferences([learnt, said])).toEqual({
      detail: { value: 'full', confidence: 0.8, evidenceCount: 10 },
    });
    expect(settingsSaying('confirmation', 'ask')(defaultSettings).actions.questions).toBe('more');
    expect(settingsSaying('confirmation', 'act')(defaultSettings).actions.questions).toBe('fewer');
    expect(settingsSaying('detail', 'brief')(defaultSettings).answers.style).toBe('brief');
    expect(settingsSaying('speech-rate', '1.25')(defaultSettings).voice.rate).toBe(1.25);
    expect(settingsSaying('response-mode', 'silent')(defaultSettings)).toBe(defaultSettings);
  });
});
