import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import { EncoderScorer } from '../encoder/encoder-scorer';
import { type Matcher, TemplateMatcher } from '../templates/template-matcher';
import { TemplateScorer } from '../templates/template-scorer';
import type { Exemplar } from './scorer';

/**
 * How much one unit of encoder distance adds to the log of the template distance. Measured on all sets together:
 * `docs/decisions/0012-two-ears.md`.
 */
const ENCODER_WEIGHT = 1;
/** Phrases whose takes are aligned with the utterance: those that the encoder, which is quick, finds nearest. */
const MOST_ALIGNED_PHRASES = 10;
/** Encoder distance of two words that have nothing to do with each other. */
const UNRELATED = 1;

/** What distances are made of. Those of one kind are comparable with each other, not with the other kind. */
export type Ears = 'both' | 'templates';

/**
 * Both ears in one distance: templates hear this person's own way of saying it, the encoder what any voice in any
 * room would have in common. Log distances add up, as those of independent witnesses do.
 */
export class AcousticScorer {
  readonly #templates: TemplateScorer;
  readonly #encoder = new EncoderScorer();

  /** @param matcher compares two utterances; its answers must depend on these two alone */
  constructor(matcher: Matcher = new TemplateMatcher()) {
    this.#templates = new TemplateScorer(matcher);
  }

  enrol(exemplar: Exemplar): void {
    this.#templates.enrol(exemplar);
    this.#encoder.enrol(exemplar);
  }

  /** What the encoder makes of a take that was enrolled before the encoder was there. */
  addEmbedding(exemplar: Exemplar): void {
    this.#encoder.remove(exemplar.takeId);
    this.#encoder.enrol(exemplar);
  }

  /** After this the scorer equals one that never saw the take. Unknown ids are ignored. */
  remove(takeId: TakeId): void {
    this.#templates.remove(takeId);
    this.#encoder.remove(takeId);
  }

  /** Which scorers have a say, by the names shown with every recognition. */
  namesOf(ears: Ears): readonly string[] {
    return ears === 'both' ? [this.#templates.name, this.#encoder.name] : [this.#templates.name];
  }

  /**
   * Distance to every enrolled phrase. With both ears the utterance and all takes have to have embeddings.
   *
   * @param without leaves one take out, for leave-one-out calibration
   */
  distances(ears: Ears, features: UtteranceFeatures, without?: TakeId): ReadonlyMap<PhraseId, number> {
    if (ears === 'templates') return this.#templates.distances(features, without);
    const byEncoder = this.#encoder.distances(features, without);
    const aligned = nearestPhrases(byEncoder, MOST_ALIGNED_PHRASES);
    const byTemplates = this.#templates.distances(features, without, aligned);
    // What is not looked at closely must not overtake what is.
    const farthest = Math.max(...byTemplates.values());
    const distances = new Map<PhraseId, number>();
    for (const [phraseId, distance] of byEncoder) {
      distances.set(phraseId, (byTemplates.get(phraseId) ?? farthest) * Math.exp(ENCODER_WEIGHT * distance));
    }
    return distances;
  }

  /** Distance to these phrases, as far as they are enrolled. */
  distancesTo(
    phrases: ReadonlySet<PhraseId>,
    ears: Ears,
    features: UtteranceFeatures,
  ): ReadonlyMap<PhraseId, number> {
    const byTemplates = this.#templates.distances(features, undefined, phrases);
    if (ears === 'templates') return byTemplates;
    const byEncoder = this.#encoder.distances(features);
    return new Map(
      [...byTemplates].map(([phraseId, distance]) => [
        phraseId,
        distance * Math.exp(ENCODER_WEIGHT * (byEncoder.get(phraseId) ?? UNRELATED)),
      ]),
    );
  }
}

/** The phrases with the smallest distances. */
export function nearestPhrases(
  distances: ReadonlyMap<PhraseId, number>,
  count: number,
): ReadonlySet<PhraseId> {
  if (distances.size <= count) return new Set(distances.keys());
  const ranked = [...distances].sort(([, a], [, b]) => a - b);
  return new Set(ranked.slice(0, count).map(([phraseId]) => phraseId));
}
