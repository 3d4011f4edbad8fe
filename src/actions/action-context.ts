import type { OperatorPolicy } from '../config/policy';
import type { Clock } from '../core/clock';
import type { Language } from '../core/language';
import type { ActionFailure, ActionOutcome, Note, Timer } from '../learning/records';

/** What an action may touch. Page thread: speech synthesis, clipboard and tabs exist only there. */
export interface ActionContext {
  /** The phrase that triggered it, as the person wrote it. */
  readonly phraseName: string;
  readonly clock: Clock;
  readonly policy: OperatorPolicy;
  readonly language: Language;
  readonly voice: { readonly voiceUri: string; readonly rate: number };
  readonly notes: {
    /** `undefined` when it could not be stored. */
    add(text: string): Promise<Note | undefined>;
    delete(id: Note['id']): Promise<void>;
  };
  readonly timers: {
    start(timer: Omit<Timer, 'id' | 'state'>): Promise<Timer | undefined>;
    cancel(id: Timer['id']): Promise<void>;
  };
}

export const failed = (reason: ActionFailure, detail = ''): ActionOutcome => ({
  kind: 'failed',
  reason,
  detail,
});

export const done = (detail: string, undoToken?: string): ActionOutcome =>
  undoToken === undefined ? { kind: 'done', detail } : { kind: 'done', detail, undoToken };
