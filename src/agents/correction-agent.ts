import { newId, type PhraseId, type UtteranceId } from '../core/ids';
import { err, ok, type Result } from '../core/result';
import type { Correction, Phrase } from '../learning/records';
import type { CorrectionReport, CorrectionTarget } from '../speech/correction-report';
import type { ActionAgent } from './action-agent';
import type { CorrectionChoice, LearningError } from './echo-state';
import { type Engine, notify, notifyVaultError } from './engine';
import type { InteractionLog } from './interaction-log';
import { learningErrorOf } from './learning-error';
import type { PhraseAgent } from './phrase-agent';

interface Colleagues {
  readonly log: InteractionLog;
  readonly actions: ActionAgent;
  readonly phrases: PhraseAgent;
}

/** Learns from what the person says an utterance was. */
export class CorrectionAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
  }

  /** Answers "did you mean". Echo learns from it quietly, then does what was meant. */
  async choose(id: UtteranceId, phraseId: PhraseId | undefined): Promise<void> {
    const { log, actions } = this.#with;
    log.stage(id, 'settled');
    const phrase = log.phrase(phraseId);
    // Deleted between the question and the answer.
    if (phraseId !== undefined && phrase === undefined) return;
    const learnt = await this.#learn(
      id,
      phrase === undefined ? { kind: 'nothing' } : { kind: 'phrase', phraseId: phrase.id },
    );
    if (!learnt.ok) notifyVaultError(this.#engine, learnt.error);
    if (phrase !== undefined) await actions.act(id, phrase);
  }

  /**
   * "That was …". For the utterance just answered, the wrong action is taken back where that is possible and
   * the right one carried out; for older ones only the learning happens. Resolves when it is learnt: the
   * action may take as long as it likes.
   */
  async correct(id: UtteranceId, choice: CorrectionChoice): Promise<Result<CorrectionReport, LearningError>> {
    const { log, actions } = this.#with;
    const isCurrent = log.isCurrent(id);
    const actedOn = log.find(id)?.phraseId;
    const target = this.#target(choice);
    const learnt = await this.#learn(id, target);
    if (!learnt.ok) {
      notifyVaultError(this.#engine, learnt.error);
      return learnt;
    }
    notify(this.#engine, {
      kind: 'corrected',
      utteranceId: id,
      correction: correctionOf(target),
      report: learnt.value,
    });
    const right = target.kind === 'phrase' ? log.phrase(target.phraseId) : undefined;
    if (isCurrent && actedOn !== right?.id) {
      log.stage(id, 'settled');
      await actions.undo(id);
      if (right !== undefined) void actions.act(id, right);
    }
    return learnt;
  }

  async #learn(id: UtteranceId, target: CorrectionTarget): Promise<Result<CorrectionReport, LearningError>> {
    const corrected = await this.#engine.speech.correct(id, target);
    if (!corrected.ok) return err(learningErrorOf(corrected.error));
    const report = corrected.value;
    this.#with.phrases.show(report, target.kind === 'new-phrase' ? target.phrase : undefined);
    this.#with.log.change(id, { correction: correctionOf(target) });
    void this.#with.phrases.refreshStrengths();
    return ok(report);
  }

  #target(choice: CorrectionChoice): CorrectionTarget {
    if (choice.kind !== 'new-phrase') return choice;
    const now = this.#engine.clock.now();
    const phrase: Phrase = {
      id: newId<PhraseId>(),
      name: choice.name.trim(),
      action: { kind: 'none' },
      createdAt: now,
      updatedAt: now,
    };
    return { kind: 'new-phrase', phrase };
  }
}

function correctionOf(target: CorrectionTarget): Correction {
  if (target.kind === 'nothing') return { kind: 'nothing' };
  return { kind: 'phrase', phraseId: target.kind === 'phrase' ? target.phraseId : target.phrase.id };
}
