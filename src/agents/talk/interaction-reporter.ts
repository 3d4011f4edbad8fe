import type { Clock } from '../../core/clock';
import type { UserId, UtteranceId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import type { LearningEvent } from '../../events/learning-event';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import type { ActionKind } from '../../learning/action-spec';
import type { ActionOutcome, Correction, Interaction } from '../../learning/records';
import type { CorrectionReport } from '../../speech/correction-report';

interface Options {
  readonly clock: Clock;
  readonly factory: LearningEventFactory;
  readonly emit: (event: LearningEvent) => void;
  /** `undefined` while the vault is locked: then there is nobody to learn about. */
  readonly userId: () => UserId | undefined;
  readonly sessionId: string;
}

/** What came of something that was said. */
export interface InteractionOutcome {
  readonly action: ActionOutcome;
  readonly actionKind: ActionKind | undefined;
  readonly actionMs: number;
}

const AGENT = 'conversation';

/**
 * Tells the event system what the person did with Echo: ids, kinds, times and figures. Neither what was said nor what
 * it sounded like, and no name, text or address of a phrase or action.
 */
export class InteractionReporter {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Something was said, and whatever was to be done about it is done. */
  settled(interaction: Interaction, { action, actionKind, actionMs }: InteractionOutcome): void {
    const { id, phraseId, recognition } = interaction;
    const isUnderstood = phraseId !== undefined && action.kind !== 'failed';
    this.#emit('voice-command', isUnderstood, recognition.decisionMs + actionMs, {
      utteranceId: id,
      recognition: recognition.outcome,
      outcome: action.kind,
      confidence: recognition.candidates[0]?.confidence ?? 0,
      latencyMs: recognition.decisionMs,
      corrected: false,
      ...(phraseId === undefined ? {} : { phraseId }),
      ...(actionKind === undefined ? {} : { actionKind }),
    });
  }

  /** What an utterance caused was taken back. */
  undone(id: UtteranceId): void {
    this.#emit('undo', true, 0, { utteranceId: id });
  }

  /** The person said what it should have been; `report` says what became worse by learning it. */
  corrected(interaction: Interaction, correction: Correction, report: CorrectionReport): void {
    const { userId, factory, emit } = this.#options;
    const id = userId();
    if (id === undefined) return;
    const { action, phraseId, recognition } = interaction;
    emit(
      factory.createCorrectionReceivedEvent({
        userId: id,
        subjectId: interaction.id,
        before: {
          recognition: recognition.outcome,
          phraseId: phraseId ?? recognition.candidates[0]?.phraseId ?? null,
          confidence: recognition.candidates[0]?.confidence ?? 0,
          action: action.kind,
        },
        after: {
          recognition: report.after.outcome,
          phraseId: correction.kind === 'phrase' ? correction.phraseId : null,
          recognisedAs: report.after.candidates[0]?.phraseId ?? null,
          broken: report.broken.map(({ phraseId: brokenId, takeId }) => ({ phraseId: brokenId, takeId })),
          learnedMs: report.learnedMs,
        },
      }),
    );
  }

  #emit(interactionType: string, isSuccess: boolean, durationMs: number, content: JsonObject): void {
    const { userId, factory, emit, sessionId, clock } = this.#options;
    const id = userId();
    if (id === undefined) return;
    const now = new Date(clock.now());
    emit(
      factory.createUserInteractionEvent({
        userId: id,
        agentId: AGENT,
        sessionId,
        interactionType,
        result: isSuccess ? 'success' : 'failure',
        durationMs,
        content: { ...content, hour: now.getHours(), weekday: now.getDay() },
      }),
    );
  }
}
