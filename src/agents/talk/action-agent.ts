import type { ActionContext } from '../../actions/action-context';
import { runAction, undoAction } from '../../actions/run-action';
import type { ActionDecision } from '../../adaptation/action-policy';
import { newId, type SuggestionId, type UtteranceId } from '../../core/ids';
import type { Language } from '../../core/language';
import type { ActionSpec } from '../../learning/action-spec';
import type { ActionOutcome, Phrase } from '../../learning/records';
import { type Engine, notify, notifyVaultError } from '../engine';
import type { InteractionLog } from './interaction-log';
import type { InteractionReporter } from './interaction-reporter';
import type { ListeningAgent } from './listening-agent';
import type { NoteAgent } from './note-agent';
import type { TimerAgent } from './timer-agent';

interface Colleagues {
  readonly log: InteractionLog;
  readonly listening: ListeningAgent;
  readonly notes: NoteAgent;
  readonly timers: TimerAgent;
  /** The language Echo speaks when a voice is not chosen. */
  readonly language: () => Language;
  readonly reporter: InteractionReporter;
}

/** Whether Echo makes a sound by it, which it must not take for the person's. */
const isHeard = (action: ActionSpec): boolean =>
  action.kind === 'speak' || (action.kind === 'sequence' && action.steps.some(isHeard));

/** Carries out what is attached to phrases, and takes it back. */
export class ActionAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
  }

  /** Does what is attached to the phrase, for this utterance. */
  async act(id: UtteranceId, phrase: Phrase, decision?: ActionDecision): Promise<void> {
    const { log, reporter } = this.#with;
    log.change(id, { phraseId: phrase.id });
    log.stage(id, 'acting');
    const startedAt = this.#engine.clock.monotonic();
    const outcome = await this.#run(phrase.action, phrase.name);
    const actionMs = this.#engine.clock.monotonic() - startedAt;
    await log.record(id, phrase.id, outcome);
    log.stage(id, 'settled', decision === undefined ? {} : { decision });
    const interaction = log.find(id);
    if (interaction !== undefined)
      reporter.settled(interaction, {
        action: outcome,
        actionKind: phrase.action.kind,
        actionMs,
        ...(decision === undefined ? {} : { decision: decision.kind }),
      });
  }

  /** Takes back what an utterance caused, where that is possible. */
  async undo(id: UtteranceId): Promise<void> {
    const { log, reporter } = this.#with;
    const interaction = log.find(id);
    if (interaction?.action.kind !== 'done' || interaction.action.undoToken === undefined) return;
    await undoAction(interaction.action.undoToken, this.#context(''));
    await log.record(id, interaction.phraseId, { kind: 'undone' });
    reporter.undone(id);
  }

  /** Does what is attached to a phrase that was typed and not said. */
  perform({ action, name }: Phrase): Promise<ActionOutcome> {
    return this.#run(action, name);
  }

  /** Takes back what `perform` caused. */
  takeBack(undoToken: string): Promise<void> {
    return undoAction(undoToken, this.#context(''));
  }

  /** Does what habits suggested. What came of it is in the state, and can be taken back from there. */
  async takeSuggestion(phrase: Phrase): Promise<void> {
    const { store, clock } = this.#engine;
    const startedAt = clock.monotonic();
    const outcome = await this.#run(phrase.action, phrase.name);
    const actionMs = clock.monotonic() - startedAt;
    const id = newId<SuggestionId>();
    store.update(({ habits }) => ({ habits: { ...habits, taken: { id, phraseId: phrase.id, outcome } } }));
    this.#with.reporter.suggestionTaken(id, phrase.id, {
      action: outcome,
      actionKind: phrase.action.kind,
      actionMs,
    });
  }

  /** Takes back what the last suggestion did. */
  async undoSuggestion(): Promise<void> {
    const { store } = this.#engine;
    const { taken } = store.state.habits;
    if (taken?.outcome.kind !== 'done' || taken.outcome.undoToken === undefined) return;
    await undoAction(taken.outcome.undoToken, this.#context(''));
    store.update(({ habits }) => ({ habits: { ...habits, taken: undefined } }));
    this.#with.reporter.suggestionUndone(taken.id);
  }

  /** Once, to try it while it is being set up. */
  async try(action: ActionSpec): Promise<void> {
    await this.#run(action, 'Echo');
  }

  async #run(action: ActionSpec, phraseName: string): Promise<ActionOutcome> {
    const run = (): Promise<ActionOutcome> => runAction(action, this.#context(phraseName));
    const outcome = await (isHeard(action) ? this.#with.listening.whileEchoSounds(run) : run());
    if (outcome.kind === 'failed') {
      notify(this.#engine, { kind: 'action-failed', reason: outcome.reason, detail: outcome.detail });
    }
    return outcome;
  }

  #context(phraseName: string): ActionContext {
    const { settings, policy } = this.#engine.store.state;
    const { notes, timers, language } = this.#with;
    return {
      phraseName,
      clock: this.#engine.clock,
      policy,
      language: language(),
      voice: settings.voice,
      notes: {
        add: async (text) => {
          const added = await notes.add(text);
          if (added.ok) return added.value;
          notifyVaultError(this.#engine, added.error);
          return undefined;
        },
        delete: (id) => notes.delete(id),
      },
      timers: { start: (timer) => timers.start(timer), cancel: (id) => timers.remove(id) },
    };
  }
}
