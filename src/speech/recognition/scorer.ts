import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';

/** A take as the scorers see it: its features, and the phrase it teaches. */
export interface Exemplar {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  readonly features: UtteranceFeatures;
}

/**
 * One opinion on what was said. The recogniser fuses several: templates, the encoder, the encoder tuned to the person.
 * Implementations own no audio and do no I/O; `distances` must not change the scorer.
 */
export interface Scorer {
  /** Shown with every recognition, e.g. `template`. */
  readonly name: string;
  enrol(exemplar: Exemplar): void;
  /** After this the scorer equals one that never saw the take. Unknown ids are ignored. */
  remove(takeId: TakeId): void;
  /**
   * Distance of an utterance to every enrolled phrase; smaller is closer, comparable between phrases.
   *
   * @param without leaves one take out, for leave-one-out calibration
   */
  distances(features: UtteranceFeatures, without?: TakeId): ReadonlyMap<PhraseId, number>;
}

/**
 * A scorer that had to be trained as a whole, so that leaving a take out cannot be asked for later:
 * it brings its held-out predictions along from cross-validation.
 */
export interface TrainedScorer {
  readonly name: string;
  /** `undefined` for an utterance of which it can say nothing. */
  distances(features: UtteranceFeatures): ReadonlyMap<PhraseId, number> | undefined;
  /** For every take: its distances as predicted by a model that never saw that take. */
  readonly heldOut: ReadonlyMap<TakeId, ReadonlyMap<PhraseId, number>>;
}
