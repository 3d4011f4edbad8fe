import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PhraseId } from '../../src/core/ids';
import type { ActionSpec, Echo } from '../../src/echo';
import { startEcho } from './support/start-echo';
import { until } from './support/until';

/** Habits, through all workers: what is said again and again is learnt, offered, done, put away and told of. */

let echo: Echo;

beforeEach(async () => {
  echo = startEcho();
  await until(() => echo.state.samples.length > 0, 'samples');
  if (echo.state.vault.kind !== 'absent') await echo.vault.destroy();
  expect((await echo.vault.create('convenience')).ok).toBe(true);
});

afterEach(async () => {
  await echo.vault.destroy();
  echo.close();
});

async function teach(name: string, action: ActionSpec): Promise<PhraseId> {
  const drafts = [];
  for (const clip of echo.state.samples.filter(({ phrase, use }) => phrase === name && use === 'teach')) {
    const take = await echo.phrases.sampleTake(clip.id);
    if (take.ok) drafts.push(take.value.id);
  }
  const saved = await echo.phrases.save({ name, action, drafts });
  if (!saved.ok) throw new Error(saved.error.kind);
  return saved.value;
}

async function say(name: string): Promise<void> {
  const clip = echo.state.samples.find(({ phrase, use }) => phrase === name && use === 'say');
  const before = echo.state.history[0]?.id;
  await echo.talk.saySample(clip?.id ?? '');
  await until(
    () => echo.state.history[0]?.id !== before && echo.state.answer?.stage === 'settled',
    `an answer to ${name}`,
  );
}

it('offers what is usually done, does it on request, joins a routine, and forgets with the habits', async () => {
  const morning = await teach('good morning', { kind: 'note', text: 'Up' });
  const tea = await teach('tea timer', { kind: 'timer', label: 'Tea', durationSeconds: 600 });
  for (let round = 0; round < 5; round += 1) {
    await say('good morning');
    await say('tea timer');
  }
  await say('good morning');
  const [suggested] = await until(
    () => echo.state.habits.suggestions[0]?.phraseId === tea && echo.state.habits.suggestions,
    'a suggestion of what follows',
  );
  expect(suggested?.probability).toBeGreaterThan(0.3);

  const timers = echo.state.timers.length;
  await echo.learning.takeSuggestion(tea);
  expect(echo.state.timers).toHaveLength(timers + 1);
  await echo.learning.undoSuggestion();
  expect(echo.state.timers).toHaveLength(timers);

  const routine = await until(() => echo.state.habits.routine, 'a routine');
  expect(routine).toMatchObject({ first: morning, second: tea });
  expect(await echo.learning.acceptRoutine(routine)).toMatchObject({ ok: true });
  const joined = echo.state.phrases.find(({ id }) => id === morning)?.action;
  expect(joined).toMatchObject({ kind: 'sequence', steps: [{ kind: 'note' }, { kind: 'timer' }] });
  await echo.learning.dismissOffer(routine);
  expect(echo.state.habits.routine?.first).not.toBe(morning);

  const transitions = await echo.learning.transitions();
  expect(transitions.ok && transitions.value[0]).toMatchObject({ from: morning, to: tea });
  const curves = await echo.learning.learningCurves();
  expect(curves.ok && curves.value.length).toBeGreaterThan(1);

  expect(await echo.learning.setBelief('confirmation', 'sometimes')).toMatchObject({ ok: false });
  expect(await echo.learning.setBelief('confirmation', 'ask')).toMatchObject({ ok: true });
  const beliefs = await echo.learning.beliefs();
  // Said of themself, it holds at once, and nothing that is observed changes it.
  expect(echo.state.settings.actions).toEqual({ confirm: 'unless-sure', questions: 'more' });
  await until(() => echo.state.keptSettings.includes('actions.questions'), 'a setting of their own');
  expect(beliefs.ok && beliefs.value).toContainEqual(
    expect.objectContaining({ id: 'confirmation', value: 'ask', confidence: 1, source: 'set' }),
  );
  await echo.learning.forgetBelief('confirmation');
  const left = await echo.learning.beliefs();
  expect(left.ok && left.value.some(({ id }) => id === 'confirmation')).toBe(false);

  expect((await echo.learning.forgetLearningData()).ok).toBe(true);
  const forgotten = await echo.learning.transitions();
  expect(forgotten.ok && forgotten.value).toEqual([]);
  await until(() => echo.state.habits.suggestions.length === 0, 'no suggestions');
});
