import type { Clock } from '../../core/clock';
import type { UserId, UtteranceId } from '../../core/ids';
import type { JsonObject } from '../../core/json';
import type { EpochMs } from '../../core/units';
import type { PayloadOf } from '../../events/event-payloads';
import type { ActionKind } from '../../learning/action-spec';
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

const AGENT = 'conversation';

/**
 * Tells the learning system what the person did with Echo: ids, kinds, times and figures. Neither what was said nor what
 * it sounded like, and no name, text or address of a phrase or action.
 */
export class InteractionReporter {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Something was said, and whatever was to be done about it is done. */
  settled(interaction: Interaction, outcome: InteractionOutcome): void {
    const { action, actionKind, actionMs, decision, isDeclined = false } = outcome;
    const { id, phraseId, recognition } = interaction;
    const isUnderstood = phraseId !== undefined && action.kind !== 'failed' && !isDeclined;
    this.#tell('voice-command', isUnderstood, recognition.decisionMs + actionMs, {
      utteranceId: id,
      recognition: recognition.outcome,
      outcome: action.kind,
      confidence: recognition.candidates[0]?.confidence ?? 0,
      latencyMs: recognition.decisionMs,
      corrected: false,
      ...(phraseId === undefined ? {} : { phraseId }),
      ...(actionKind === undefined ? {} : { actionKind }),
      ...(decision === undefined ? {} : { decision }),
      ...(isDeclined ? { declined: true } : {}),
    });
  }

  /** What an utterance caused was taken back. */
  undone(id: UtteranceId): void {
    this.#tell('undo', true, 0, { utteranceId: id });
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
    const { userId, tell, sessionId, clock } = this.#options;
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
        content: { ...content, hour: now.getHours(), weekday: now.getDay() },
      },
    });
  }
}
