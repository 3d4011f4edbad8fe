import type { PhraseId } from '../../core/ids';

/** One recording that teaches, with its distances as if it had never been enrolled. */
export interface CalibrationTrial {
  readonly phraseId: PhraseId;
  /** Lacks the own phrase where this is its only recording. */
  readonly distances: ReadonlyMap<PhraseId, number>;
}
