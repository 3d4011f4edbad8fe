import type { PhraseId, TakeId } from '../../core/ids';
import type { Recognition } from '../../learning/recognition';
import type { Phrase, Take } from '../../learning/records';

export type CorrectionTarget =
  | { readonly kind: 'phrase'; readonly phraseId: PhraseId }
  /** A phrase that is not taught yet; its row is stored together with what it learns. */
  | { readonly kind: 'new-phrase'; readonly phrase: Phrase }
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
  /** Takes that were added. */
  readonly added: readonly Take[];
  /** Takes that were let go, because the phrase has enough or an earlier correction is replaced. */
  readonly removed: readonly TakeId[];
}
