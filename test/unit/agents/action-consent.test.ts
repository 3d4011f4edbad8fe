import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionDecision } from '../../../src/adaptation/action-policy';
import { type EchoState, initialState } from '../../../src/agents/echo-state';
import type { Engine } from '../../../src/agents/engine';
import type { ActionAgent } from '../../../src/agents/talk/action-agent';
import { ActionConsent, UNDO_WINDOW_MS } from '../../../src/agents/talk/action-consent';
import { InteractionLog } from '../../../src/agents/talk/interaction-log';
import type { InteractionOutcome, InteractionReporter } from '../../../src/agents/talk/interaction-reporter';
import { defaultSettings } from '../../../src/config/settings';
import { systemClock } from '../../../src/core/clock';
import { newId, type PhraseId, type UtteranceId } from '../../../src/core/ids';
import { ok } from '../../../src/core/result';
import { StateStore } from '../../../src/core/state-store';
import type { Interaction, Phrase } from '../../../src/learning/records';

const lamp: Phrase = {
  id: newId<PhraseId>(),
  name: 'lamp',
  action: { kind: 'link', url: 'https://lamp.example/on' },
  createdAt: 1,
  updatedAt: 1,
};

function heard(): Interaction {
  return {
    id: newId<UtteranceId>(),
    heardAt: 1,
    durationMs: 500,
    waveform: [],
    quality: { flaws: [], peakDb: -6, signalToNoiseDb: 30 },
    recognition: { outcome: 'accepted', candidates: [], scorers: ['template'], decisionMs: 20 },
    phraseId: lamp.id,
    action: { kind: 'not-run' },
  };
}

/** The real consent and log; the action is only counted, and the speech worker only remembers. */
function talking(kind: ActionDecision['kind'], phrase: Phrase = lamp) {
  const store = new StateStore<EchoState>({
    ...initialState(defaultSettings),
    vault: { kind: 'open' } as EchoState['vault'],
    phrases: [{ ...phrase, takes: [], strength: undefined }],
  });
  const engine = {
    store,
    clock: systemClock,
    speech: { recordOutcome: async () => ok(undefined) },
  } as unknown as Engine;
  const log = new InteractionLog(engine);
  const ran: UtteranceId[] = [];
  const settled: InteractionOutcome[] = [];
  const consent = new ActionConsent(engine, {
    log,
    actions: { act: async (id: UtteranceId) => void ran.push(id) } as unknown as ActionAgent,
    reporter: {
      settled: (_: Interaction, outcome: InteractionOutcome) => settled.push(outcome),
    } as unknown as InteractionReporter,
    decide: async () => ({ kind, reason: 'not-sure-enough', chance: 0.9 }),
  });
  const say = async () => {
    const interaction = heard();
    log.add(interaction, 'acting');
    const done = consent.propose(interaction.id, phrase, 0.9);
    // The decision comes from another thread.
    await Promise.resolve();
    await Promise.resolve();
    return { id: interaction.id, done };
  };
  return { store, consent, ran, settled, say };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an action that is asked about', () => {
  it('is carried out after a yes, and not before', async () => {
    const { store, consent, ran, say } = talking('ask');
    const { id, done } = await say();
    expect(store.state.answer).toMatchObject({ utteranceId: id, stage: 'confirming' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual([]);
    consent.answer(id, true);
    await done;
    expect(ran).toEqual([id]);
  });

  it('is not carried out after a no, which is learnt from', async () => {
    const { store, consent, ran, settled, say } = talking('ask');
    const { id, done } = await say();
    consent.answer(id, false);
    await done;
    expect(ran).toEqual([]);
    expect(settled).toMatchObject([{ action: { kind: 'not-run' }, decision: 'ask', isDeclined: true }]);
    expect(store.state.answer?.stage).toBe('settled');
    // Too late.
    consent.answer(id, true);
    expect(ran).toEqual([]);
  });

  it('is dropped, and no refusal, when something else is said', async () => {
    const { consent, ran, settled, say } = talking('ask');
    const first = await say();
    const second = await say();
    await first.done;
    expect(settled).toMatchObject([{ isDeclined: false }]);
    consent.answer(first.id, true);
    expect(ran).toEqual([]);
    consent.answer(second.id, true);
    await second.done;
    expect(ran).toEqual([second.id]);
  });

  it.each([
    ['deleted', []],
    [
      'changed',
      [{ ...lamp, action: { kind: 'link', url: 'https://other.example/' }, takes: [], strength: undefined }],
    ],
  ] as const)('is not carried out when it was %s meanwhile', async (_, phrases) => {
    const { store, consent, ran, say } = talking('ask');
    const { id, done } = await say();
    store.set({ phrases: phrases as unknown as EchoState['phrases'] });
    consent.answer(id, true);
    await done;
    expect(ran).toEqual([]);
  });

  it('is not carried out once the vault is locked', async () => {
    const { store, consent, ran, say } = talking('ask');
    const { done } = await say();
    store.set({ vault: { kind: 'opening' } });
    consent.drop();
    await done;
    expect(ran).toEqual([]);
  });
});

describe('an action with a moment to stop it', () => {
  it('is carried out by itself when the moment is over', async () => {
    const { store, ran, say } = talking('undo-window');
    const { id, done } = await say();
    expect(store.state.answer).toMatchObject({ stage: 'holding' });
    await vi.advanceTimersByTimeAsync(UNDO_WINDOW_MS - 1);
    expect(ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(ran).toEqual([id]);
  });

  it('is not carried out when it was stopped, and at once when it was hurried', async () => {
    const { consent, ran, settled, say } = talking('undo-window');
    const stopped = await say();
    consent.answer(stopped.id, false);
    await stopped.done;
    await vi.advanceTimersByTimeAsync(UNDO_WINDOW_MS);
    expect(ran).toEqual([]);
    expect(settled).toMatchObject([{ isDeclined: true }]);
    const hurried = await say();
    consent.answer(hurried.id, true);
    await hurried.done;
    expect(ran).toEqual([hurried.id]);
  });

  it('is dropped when nobody can see it any more and it is risky, and carried out otherwise', async () => {
    const risky = talking('undo-window');
    const first = await risky.say();
    risky.consent.drop();
    await first.done;
    expect(risky.ran).toEqual([]);
    const spoken: Phrase = { ...lamp, action: { kind: 'speak', text: 'hello' } };
    const harmless = talking('undo-window', spoken);
    const second = await harmless.say();
    harmless.consent.drop();
    await second.done;
    expect(harmless.ran).toEqual([second.id]);
  });
});
