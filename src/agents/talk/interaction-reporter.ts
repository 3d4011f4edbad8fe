import type { AppState } from '../../behaviour/habits/habit-moment';
import type { Clock } from '../../core/clock';
import type { PhraseId, SuggestionId, UserId, UtteranceId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import type { EpochMs } from '../../core/units';
import type { PayloadOf } from '../../events/event-payloads';
import type { ActionKind } from '../../learning/action-spec';
import type { CommandTarget } from '../../learning/command-target';
import type { ActionOutcome, Correction, Interaction } from '../../learning/records';
import type { CorrectionReport } from '../../speech/teaching/correction-report';

type Reportable = 'user-interaction' | 'correction-received';

/** What an event is made of once the learning system is there to make it. */
export type Report = {
  readonly [Type in Reportable]: {
    readonly type: Type;
    /** When it happened, in epoch milliseconds. */
    readonly at: EpochMs;
    readonly payload: PayloadOf<Type>;
  };
}[Reportable];

interface Options {
  readonly clock: Clock;
  readonly tell: (report: Report) => void;
  /** `undefined` while the vault is locked: then there is nobody to learn about. */
  readonly userId: () => UserId | undefined;
  readonly sessionId: string;
  readonly appState: () => AppState;
}

/** What came of something that was said. */
export interface InteractionOutcome {
  readonly action: ActionOutcome;
  readonly actionKind: ActionKind | undefined;
  readonly actionMs: number;
  /** How it came to be carried out; left out where the person chose it themself. */
  readonly decision?: 'act' | 'ask' | 'undo-window';
  /** The person said no. */
  readonly isDeclined?: boolean;
}

/** What came of something that was typed: never the words. */
export interface TypedOutcome {
  readonly id: UtteranceId;
  readonly phraseId: PhraseId | undefined;
  readonly actionKind: ActionKind | undefined;
  readonly outcome: ActionOutcome;
  readonly confidence: number;
  readonly durationMs: number;
}

const AGENT = 'conversation';
/** Only the newest utterances can still be corrected such that something is done anew. */
const MOST_TOLD = 32;

/**
 * Tells the learning system what the person did with Echo: ids, kinds, times and figures. Neither what was said nor what
 * it sounded like, and no name, text or address of a phrase or action.
 */
export class InteractionReporter {
  readonly #options: Options;
  /** Utterances that were told of, oldest first. */
  #told: readonly UtteranceId[] = [];

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Something was said, and whatever was to be done about it is done. Told again of the same utterance, after a
   * correction, it is marked as `followUp`: nothing more was said.
   */
  settled(interaction: Interaction, outcome: InteractionOutcome): void {
    const { action, actionKind, actionMs, decision, isDeclined = false } = outcome;
    const { id, phraseId, recognition } = interaction;
    const isFollowUp = this.#told.includes(id);
    if (!isFollowUp) this.#told = [...this.#told, id].slice(-MOST_TOLD);
    const isUnderstood = phraseId !== undefined && action.kind !== 'failed' && !isDeclined;
    this.#tell('voice-command', isUnderstood, recognition.decisionMs + actionMs, {
      utteranceId: id,
      recognition: recognition.outcome,
      outcome: action.kind,
      confidence: recognition.candidates[0]?.confidence ?? 0,
      latencyMs: recognition.decisionMs,
      corrected: false,
      ...(phraseId === undefined
        ? {}
        : { phraseId, rank: recognition.candidates.findIndex((one) => one.phraseId === phraseId) }),
      ...(actionKind === undefined ? {} : { actionKind }),
      ...(decision === undefined ? {} : { decision }),
      ...(isDeclined ? { declined: true } : {}),
      ...(isFollowUp ? { followUp: true } : {}),
    });
  }

  /** What habits suggested was done, without a word. */
  suggestionTaken(
    id: SuggestionId,
    phraseId: PhraseId,
    { action, actionKind, actionMs }: InteractionOutcome,
  ): void {
    this.#tell('suggestion', action.kind !== 'failed', actionMs, {
      suggestionId: id,
      phraseId,
      outcome: action.kind,
      corrected: false,
      ...(actionKind === undefined ? {} : { actionKind }),
    });
  }

  /** Something was typed, and what was to be done about it is done. */
  typed({ id, phraseId, actionKind, outcome, confidence, durationMs }: TypedOutcome): void {
    this.#tell('typed-command', outcome.kind === 'done', durationMs, {
      utteranceId: id,
      outcome: outcome.kind,
      confidence,
      latencyMs: 0,
      corrected: false,
      ...(phraseId === undefined ? {} : { phraseId }),
      ...(actionKind === undefined ? {} : { actionKind }),
    });
  }

  /** The person said what something typed should have been. */
  typedCorrected(
    { id, target, confidence }: Pick<TypedOutcome, 'id' | 'confidence'> & { readonly target: CommandTarget },
    meant: CommandTarget | undefined,
  ): void {
    const { userId, tell, clock } = this.#options;
    const person = userId();
    if (person === undefined) return;
    const phraseIdOf = (of: CommandTarget | undefined): PhraseId | null =>
      of?.kind === 'phrase' ? of.phraseId : null;
    tell({
      type: 'correction-received',
      at: clock.now(),
      payload: {
        userId: person,
        subjectId: id,
        before: { interactionType: 'typed-command', phraseId: phraseIdOf(target), confidence },
        after: { interactionType: 'typed-command', phraseId: phraseIdOf(meant) },
      },
    });
  }

  /** What an utterance caused was taken back. */
  undone(id: UtteranceId): void {
    this.#tell('undo', true, 0, { utteranceId: id });
  }

  /** What a suggestion did was taken back. */
  suggestionUndone(id: SuggestionId): void {
    this.#tell('undo', true, 0, { suggestionId: id });
  }

  /** The person said what it should have been; `report` says what became worse by learning it. */
  corrected(interaction: Interaction, correction: Correction, report: CorrectionReport): void {
    const { userId, tell, clock } = this.#options;
    const id = userId();
    if (id === undefined) return;
    const { action, phraseId, recognition } = interaction;
    tell({
      type: 'correction-received',
      at: clock.now(),
      payload: {
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
      },
    });
  }

  #tell(interactionType: string, isSuccess: boolean, durationMs: number, content: JsonObject): void {
    const { userId, tell, sessionId, clock, appState } = this.#options;
    const id = userId();
    if (id === undefined) return;
    const at = clock.now();
    const now = new Date(at);
    tell({
      type: 'user-interaction',
      at,
      payload: {
        userId: id,
        agentId: AGENT,
        sessionId,
        interactionType,
        result: isSuccess ? 'success' : 'failure',
        durationMs,
        content: {
          ...content,
          hour: now.getHours(),
          minute: now.getMinutes(),
          weekday: now.getDay(),
          appState: appState(),
        },
      },
    });
  }
}
