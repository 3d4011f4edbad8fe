import { describe, expect, it } from 'vitest';
import { CommandAgent } from '../../../../src/agents/commands/command-agent';
import type { Command } from '../../../../src/agents/commands/command-matches';
import { type EchoState, initialState } from '../../../../src/agents/echo-state';
import type { Engine } from '../../../../src/agents/engine';
import { appStateOf } from '../../../../src/agents/learning/app-state';
import { InteractionReporter, type Report } from '../../../../src/agents/talk/interaction-reporter';
import { TextIntentLearner } from '../../../../src/behaviour/intent/text-intent-learner';
import { defaultSettings } from '../../../../src/config/settings';
import { systemClock } from '../../../../src/core/clock';
import { newId, type PhraseId, type UserId } from '../../../../src/core/ids';
import { err, ok } from '../../../../src/core/result';
import { StateStore } from '../../../../src/core/state-store';
import { assessDataQuality } from '../../../../src/learning/data-quality';
import type { LearningData } from '../../../../src/learning/learning-data';
import { learningContext } from '../../../support/learning-context';

const userId = newId<UserId>();
const tea = newId<PhraseId>();
const lights = newId<PhraseId>();
const SETTINGS: Command = { target: { kind: 'app', name: 'settings' }, names: ['Settings', 'preferences'] };
const context = learningContext(userId);

/** The agent with a real learner and a real reporter; actions are written down instead of done. */
async function started(options: { readonly hasLearner: boolean } = { hasLearner: true }) {
  const learner = new TextIntentLearner('text-intent', async () => undefined);
  await learner.initialize({});
  const phrase = (id: PhraseId, name: string) =>
    ({
      id,
      name,
      action: { kind: 'note', text: '' },
      createdAt: 1,
      updatedAt: 1,
      takes: [],
      strength: undefined,
    }) as const;
  const store = new StateStore<EchoState>({
    ...initialState(defaultSettings),
    phrases: [phrase(tea, 'Make a cup of tea'), phrase(lights, 'Lights out')],
  });
  const done: string[] = [];
  const reports: Report[] = [];
  const learnt: LearningData[] = [];
  const agent = new CommandAgent({ store, clock: systemClock } as unknown as Engine, {
    actions: {
      perform: async ({ name }) => {
        done.push(name);
        return { kind: 'done', detail: '', undoToken: name };
      },
      takeBack: async (token) => void done.push(`undo ${token}`),
    },
    reporter: new InteractionReporter({
      clock: systemClock,
      tell: (report) => reports.push(report),
      userId: () => userId,
      sessionId: 'visit',
      appState: () => appStateOf(store.state),
    }),
    predict: async (_, input) => {
      if (!options.hasLearner) return err({ kind: 'crashed', detail: 'gone' });
      const predicted = await learner.predict(input, context);
      return predicted.ok ? predicted : err({ kind: 'not-predicted', error: predicted.error });
    },
    learn: async (data) => {
      learnt.push(data);
      await learner.learn([data], context);
      return ok(undefined);
    },
    userId: () => userId,
    sessionId: 'visit',
  });
  const match = (text: string) => agent.match(text, [SETTINGS], context.signal, () => undefined);
  return { agent, match, done, reports, learnt };
}

describe('CommandAgent', () => {
  it('lists first what is called exactly so, then what begins so', async () => {
    const { match } = await started();
    expect((await match('lights OUT'))[0]).toMatchObject({
      target: { phraseId: lights },
      confidence: 1,
      isLikely: true,
    });
    expect((await match('li'))[0]).toMatchObject({ target: { phraseId: lights }, isLikely: true });
    expect((await match('preferences'))[0]).toMatchObject({ target: SETTINGS.target });
  });

  it('finds names without a learner', async () => {
    const { match } = await started({ hasLearner: false });
    expect((await match('cup'))[0]).toMatchObject({ target: { phraseId: tea }, isLikely: false });
    expect(await match('nothing like it')).toEqual([]);
  });

  it('does what is meant, and learns it', async () => {
    const { agent, match, done } = await started();
    await agent.run('zap it', { target: { kind: 'phrase', phraseId: lights }, confidence: 0.1 });
    expect(done).toEqual(['Lights out']);
    expect((await match('zap it'))[0]).toMatchObject({ target: { phraseId: lights } });
  });

  it('takes back, does and learns what was really meant', async () => {
    const { agent, match, done } = await started();
    const run = await agent.run('zap it', { target: { kind: 'phrase', phraseId: lights }, confidence: 0.1 });
    await agent.correct(run, { kind: 'phrase', phraseId: tea });
    expect(done).toEqual(['Lights out', 'undo Lights out', 'Make a cup of tea']);
    expect((await match('zap it'))[0]).toMatchObject({ target: { phraseId: tea } });
  });

  it('learns that nothing was meant', async () => {
    const { agent, done, learnt } = await started();
    const run = await agent.run('zap it', { target: { kind: 'phrase', phraseId: lights }, confidence: 0.1 });
    expect(await agent.correct(run, undefined)).toEqual({ ok: true, value: undefined });
    expect(done.at(-1)).toBe('undo Lights out');
    expect(learnt.at(-1)?.content).toEqual({ text: 'zap it', intent: 'none' });
  });

  it('reports as for something said, without a word of what was typed or of what it is called', async () => {
    const { agent, reports } = await started();
    const run = await agent.run('xylophone', {
      target: { kind: 'phrase', phraseId: lights },
      confidence: 0.1,
    });
    await agent.correct(run, { kind: 'phrase', phraseId: tea });
    expect(reports.map(({ type }) => type)).toEqual([
      'user-interaction',
      'user-interaction',
      'correction-received',
      'user-interaction',
    ]);
    expect(reports[0]?.payload).toMatchObject({
      interactionType: 'typed-command',
      result: 'success',
      content: { utteranceId: run.id, phraseId: lights, actionKind: 'note', outcome: 'done' },
    });
    expect(JSON.stringify(reports)).not.toMatch(/xylophone|Lights|tea/);
  });

  it('keeps what was typed as learning data of the level of the person’s own words, and of full quality', async () => {
    const { agent, learnt } = await started();
    await agent.run('zap it', { target: SETTINGS.target, confidence: 0.1 });
    expect(learnt).toMatchObject([
      {
        dataType: 'typed-command',
        privacyLevel: 'private',
        content: { text: 'zap it', intent: 'app:settings' },
      },
    ]);
    expect(learnt.every((data) => assessDataQuality(data, Date.now()).score === data.qualityScore)).toBe(
      true,
    );
  });
});
