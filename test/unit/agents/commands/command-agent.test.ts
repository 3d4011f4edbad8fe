import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CommandAgent } from '../../../../src/agents/commands/command-agent';
import type { Command } from '../../../../src/agents/commands/command-matches';
import { TypedHistory } from '../../../../src/agents/commands/typed-history';
import { type EchoState, initialState } from '../../../../src/agents/echo-state';
import type { Engine } from '../../../../src/agents/engine';
import { appStateOf } from '../../../../src/agents/learning/app-state';
import { InteractionReporter, type Report } from '../../../../src/agents/talk/interaction-reporter';
import { spaceOfItsOwn } from '../../../../src/behaviour/intent/text-directions';
import { TextIntentLearner } from '../../../../src/behaviour/intent/text-intent-learner';
import { defaultSettings } from '../../../../src/config/settings';
import { systemClock } from '../../../../src/core/clock';
import { newId, type PhraseId, type UserId } from '../../../../src/core/ids';
import { err, ok } from '../../../../src/core/result';
import { StateStore } from '../../../../src/core/state-store';
import { assessDataQuality } from '../../../../src/learning/data-quality';
import type { LearningData } from '../../../../src/learning/learning-data';
import { recordSchemas } from '../../../../src/learning/records';
import type { VaultWrite } from '../../../../src/vault/vault-types';
import { sampleInteraction } from '../../../browser/vault/sample-rows';
import { learningContext } from '../../../support/learning-context';

const userId = newId<UserId>();
const tea = newId<PhraseId>();
const lights = newId<PhraseId>();
const SETTINGS: Command = { target: { kind: 'app', name: 'settings' }, names: ['Settings', 'preferences'] };
const context = learningContext(userId);

/** The agent with a real learner and a real reporter; actions are written down instead of done. */
async function started(options: { readonly hasLearner: boolean } = { hasLearner: true }) {
  const learner = new TextIntentLearner('text-intent', spaceOfItsOwn(undefined));
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
  const written: VaultWrite[] = [];
  const vault = {
    write: async (writes: readonly VaultWrite[]) => {
      written.push(...writes);
      return ok(undefined);
    },
  };
  const engine = { store, vault, clock: systemClock } as unknown as Engine;
  const agent = new CommandAgent(engine, {
    history: new TypedHistory(engine),
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
  return { agent, match, done, reports, learnt, store, written };
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

  it('keeps what was typed in the history, as one thing with what became of it and what it was meant to be', async () => {
    const { agent, store, written } = await started();
    const run = await agent.run('zap it', { target: { kind: 'phrase', phraseId: lights }, confidence: 0.1 });
    expect(store.state.typed).toMatchObject([
      {
        id: run.id,
        text: 'zap it',
        target: { phraseId: lights },
        confidence: 0.1,
        action: { kind: 'done', undoToken: 'Lights out' },
      },
    ]);
    await agent.correct(run, { kind: 'phrase', phraseId: tea });
    expect(store.state.typed).toMatchObject([
      {
        id: run.id,
        target: { phraseId: tea },
        correction: { kind: 'phrase', phraseId: tea },
        action: { kind: 'done', undoToken: 'Make a cup of tea' },
      },
    ]);
    expect(written.at(-1)).toEqual({ op: 'put', table: 'interactions', row: store.state.typed[0] });
    await agent.run('preferences', { target: SETTINGS.target, confidence: 1 });
    expect(store.state.typed[0]).toMatchObject({ text: 'preferences', action: { kind: 'done' } });
    const parsed = store.state.typed.map((row) => v.safeParse(recordSchemas.interactions, row));
    expect(parsed.map(({ output }) => output)).toEqual(store.state.typed);
  });

  it('learns later what was meant, and then does nothing and takes nothing back', async () => {
    const { agent, match, done, store, reports } = await started();
    const run = await agent.run('zap it', { target: { kind: 'phrase', phraseId: lights }, confidence: 0.1 });
    expect(await agent.relabel(run.id, SETTINGS.target)).toEqual({ ok: true, value: undefined });
    expect(done).toEqual(['Lights out']);
    expect(store.state.typed).toMatchObject([{ correction: SETTINGS.target, action: { kind: 'done' } }]);
    expect(reports.at(-1)).toMatchObject({ type: 'correction-received', payload: { subjectId: run.id } });
    expect((await match('zap it'))[0]).toMatchObject({ target: SETTINGS.target });
    await agent.relabel(run.id, undefined);
    expect(store.state.typed[0]?.correction).toEqual({ kind: 'nothing' });
  });

  it('keeps of what was heard and typed together the newest that are to be kept, and nothing where none is', async () => {
    const { agent, store, written } = await started();
    const heard = { ...sampleInteraction(), heardAt: 5 };
    store.set({ history: [heard] });
    store.update(({ settings }) => ({ settings: { ...settings, history: { keepUtterances: 2 } } }));
    const match = { target: { kind: 'phrase', phraseId: lights }, confidence: 0.1 } as const;
    await agent.run('first', match);
    await agent.run('second', match);
    expect(store.state.typed.map(({ text }) => text)).toEqual(['second', 'first']);
    expect(store.state.history).toEqual([]);
    expect(written.slice(-2)).toEqual([
      { op: 'delete', table: 'interactions', id: heard.id },
      { op: 'delete', table: 'audio', id: heard.id },
    ]);
    store.update(({ settings }) => ({ settings: { ...settings, history: { keepUtterances: 0 } } }));
    await agent.run('third', match);
    expect(store.state.typed.map(({ text }) => text)).toEqual(['second', 'first']);
    expect(JSON.stringify(written)).not.toContain('third');
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
