import { newId, type PhraseId, type UtteranceId } from '../../core/ids';
import { err, ok, type Result } from '../../core/result';
import type { Correction, Phrase } from '../../learning/records';
import type { Explanation } from '../../speech/explaining/explanation';
import type { CorrectionReport, CorrectionTarget } from '../../speech/teaching/correction-report';
import type { CorrectionChoice, LearningError } from '../echo-state';
import { type Engine, notify, notifyVaultError } from '../engine';
import { learningErrorOf } from '../learning-error';
import type { ActionAgent } from './action-agent';
import type { InteractionLog } from './interaction-log';
import type { InteractionReporter } from './interaction-reporter';
import type { PhraseAgent } from './phrase-agent';

interface Colleagues {
  readonly log: InteractionLog;
  readonly actions: ActionAgent;
  readonly phrases: PhraseAgent;
  readonly reporter: InteractionReporter;
}

/** Learns from what the person says an utterance was. */
export class CorrectionAgent {
  readonly #engine: Engine;
  readonly #with: Colleagues;

  constructor(engine: Engine, colleagues: Colleagues) {
    this.#engine = engine;
    this.#with = colleagues;
  }

  /**
   * Answers "did you mean". Echo learns from it quietly, then does what was meant; only what got worse by it is told.
   */
  async choose(id: UtteranceId, phraseId: PhraseId | undefined): Promise<void> {
    const { log, actions, reporter } = this.#with;
    log.stage(id, 'settled');
    const phrase = log.phrase(phraseId);
    // Deleted between the question and the answer.
    if (phraseId !== undefined && phrase === undefined) return;
    const target: CorrectionTarget =
      phrase === undefined ? { kind: 'nothing' } : { kind: 'phrase', phraseId: phrase.id };
    const learnt = await this.#learn(id, target);
    if (!learnt.ok) notifyVaultError(this.#engine, learnt.error);
    else if (learnt.value.broken.length > 0) this.#tell(id, target, learnt.value);
    const asked = log.find(id);
    if (phrase !== undefined) await actions.act(id, phrase);
    else if (asked !== undefined) {
      reporter.settled(asked, { action: asked.action, actionKind: undefined, actionMs: 0 });
    }
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
    this.#tell(id, target, learnt.value);
    const right = target.kind === 'phrase' ? log.phrase(target.phraseId) : undefined;
    if (isCurrent && actedOn !== right?.id) {
      log.stage(id, 'settled');
      await actions.undo(id);
      if (right !== undefined) void actions.act(id, right);
    }
    return learnt;
  }

  /** What a correction may be about: why an utterance was taken for what it was. */
  async explain(id: UtteranceId): Promise<Result<Explanation, LearningError>> {
    const explained = await this.#engine.speech.explain(id);
    return explained.ok ? explained : err(learningErrorOf(explained.error));
  }

  #tell(utteranceId: UtteranceId, target: CorrectionTarget, report: CorrectionReport): void {
    // Corrected again: what the last correction changed is no longer so.
    this.#engine.store.update(({ notices }) => ({
      notices: notices.filter((notice) => notice.kind !== 'corrected' || notice.utteranceId !== utteranceId),
    }));
    notify(this.#engine, { kind: 'corrected', utteranceId, correction: correctionOf(target), report });
  }

  async #learn(id: UtteranceId, target: CorrectionTarget): Promise<Result<CorrectionReport, LearningError>> {
    const before = this.#with.log.find(id);
    const corrected = await this.#engine.speech.correct(id, target);
    if (!corrected.ok) return err(learningErrorOf(corrected.error));
    const report = corrected.value;
    this.#with.phrases.show(report, target.kind === 'new-phrase' ? target.phrase : undefined);
    this.#with.log.change(id, { correction: correctionOf(target) });
    void this.#with.phrases.refreshStrengths();
    if (before !== undefined) this.#with.reporter.corrected(before, correctionOf(target), report);
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
