import type { PhraseId, TakeId } from '../core/ids';
import type { Recognition } from '../learning/recognition';
import type { Take } from '../learning/records';

export type CorrectionTarget =
  | { readonly kind: 'phrase'; readonly phraseId: PhraseId }
  | { readonly kind: 'nothing' };

/** What a correction changed, so that it can be shown. */
export interface CorrectionReport {
  readonly before: Recognition;
  /** The same utterance, recognised again after relearning. */
  readonly after: Recognition;
  /** Phrases whose threshold moved. */
  readonly thresholds: readonly {
    readonly phraseId: PhraseId;
    readonly before: number;
    readonly after: number;
  }[];
  /** Stored examples that were recognised before and no longer are. Never silent. */
  readonly broken: readonly { readonly phraseId: PhraseId; readonly takeId: TakeId }[];
  readonly learnedMs: number;
  readonly takes: readonly Take[];
}
