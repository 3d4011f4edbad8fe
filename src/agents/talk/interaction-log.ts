import type { PhraseId, UtteranceId } from '../../core/ids';
import type { ActionOutcome, Interaction } from '../../learning/records';
import type { Answer, PhraseView } from '../echo-state';
import { type Engine, notifyVaultError } from '../engine';
import { keptHistory } from './kept-history';

/** The interactions the page shows, and the answer to the last one. */
export class InteractionLog {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  add(interaction: Interaction, stage: Answer['stage']): void {
    this.#engine.store.update(({ history, typed, settings }) => ({
      ...keptHistory(
        { history: [interaction, ...history], typed },
        Math.max(1, settings.history.keepUtterances),
      ),
      answer: { utteranceId: interaction.id, stage },
    }));
  }

  find(id: UtteranceId): Interaction | undefined {
    return this.#engine.store.state.history.find((interaction) => interaction.id === id);
  }

  /** A phrase by id; `undefined` when it was deleted meanwhile. */
  phrase(id: PhraseId | undefined): PhraseView | undefined {
    return this.#engine.store.state.phrases.find((phrase) => phrase.id === id);
  }

  isCurrent(id: UtteranceId): boolean {
    return this.#engine.store.state.answer?.utteranceId === id;
  }

  change(id: UtteranceId, change: Partial<Interaction>): void {
    this.#engine.store.update(({ history }) => ({
      history: history.map((interaction) =>
        interaction.id === id ? { ...interaction, ...change } : interaction,
      ),
    }));
  }

  /** Moves the answer on, if it is still about this utterance. */
  stage(id: UtteranceId, stage: Answer['stage'], more: Pick<Answer, 'decision' | 'runsAt'> = {}): void {
    if (this.isCurrent(id)) this.#engine.store.set({ answer: { utteranceId: id, stage, ...more } });
  }

  /** What became of it, on the page and in the vault. */
  async record(id: UtteranceId, phraseId: PhraseId | undefined, action: ActionOutcome): Promise<void> {
    this.change(id, { action });
    const recorded = await this.#engine.speech.recordOutcome(id, phraseId, action);
    if (!recorded.ok && recorded.error.kind === 'vault') notifyVaultError(this.#engine, recorded.error.error);
  }
}
