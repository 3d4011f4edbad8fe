import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Exemplar, Scorer } from '../recognition/scorer';
import { RememberingMatcher } from './remembering-matcher';
import type { Matcher, MatchingView } from './template-matcher';

interface Template {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  readonly view: MatchingView;
}

/** Weight of the second-nearest take: one lucky take alone decides less. */
const SECOND_NEAREST_WEIGHT = 0.3;
/** But a take that nothing else resembles, such as a variant learnt by correction, stands for itself. */
const SECOND_NEAREST_CAP = 1.5;
/**
 * Phrases compared finely: the two nearest by coarse frames, and up to this many while they are not much
 * farther than the nearest. Coarse frames alone are one point less accurate; this loses nothing measurable.
 */
const MOST_FINE_PHRASES = 6;
const LEAST_FINE_PHRASES = 2;
const FINE_WITHIN = 1.5;

/**
 * Compares an utterance with the takes of every phrase by dynamic time warping: all takes coarsely, then
 * those of the nearest phrases finely. Needs one take a phrase, learns nothing across takes, and forgets a
 * take by dropping it: the state is a function of the set of takes.
 */
export class TemplateScorer implements Scorer {
  readonly name = 'template';
  readonly #templates = new Map<TakeId, Template>();
  readonly #matcher: Matcher;

  /** @param matcher compares two utterances; its answers must depend on these two alone. Best one that remembers them. */
  constructor(matcher: Matcher = new RememberingMatcher()) {
    this.#matcher = matcher;
  }

  enrol({ takeId, phraseId, features }: Exemplar): void {
    assert(!this.#templates.has(takeId), 'a take is enrolled once', takeId);
    this.#templates.set(takeId, { takeId, phraseId, view: this.#matcher.viewOf(features) });
  }

  remove(takeId: TakeId): void {
    this.#templates.delete(takeId);
  }

  /** @param among compares with these phrases only */
  distances(
    features: UtteranceFeatures,
    without?: TakeId,
    among?: ReadonlySet<PhraseId>,
  ): ReadonlyMap<PhraseId, number> {
    const view = this.#matcher.viewOf(features);
    const byPhrase = new Map<PhraseId, Template[]>();
    for (const template of this.#templates.values()) {
      if (template.takeId === without || among?.has(template.phraseId) === false) continue;
      const templates = byPhrase.get(template.phraseId);
      if (templates === undefined) byPhrase.set(template.phraseId, [template]);
      else templates.push(template);
    }
    const coarse = [...byPhrase].map(([phraseId, templates]) => ({
      phraseId,
      templates,
      distance: nearestTwo(templates, ({ view: taught }) => this.#matcher.coarse(view, taught)),
    }));
    coarse.sort((a, b) => a.distance - b.distance);
    const distances = new Map<PhraseId, number>();
    const fineLimit = FINE_WITHIN * (coarse[0]?.distance ?? 0);
    let farthest = 0;
    for (const [rank, { phraseId, templates, distance }] of coarse.entries()) {
      if (rank < (distance <= fineLimit ? MOST_FINE_PHRASES : LEAST_FINE_PHRASES)) {
        const fine = nearestTwo(templates, ({ view: taught }) => this.#matcher.fine(view, taught));
        farthest = Math.max(farthest, fine);
        distances.set(phraseId, fine);
      } else {
        // A rough guess must not overtake a careful comparison.
        distances.set(phraseId, Math.max(distance, farthest));
      }
    }
    return distances;
  }
}

function nearestTwo(templates: readonly Template[], distanceTo: (template: Template) => number): number {
  let first = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  for (const template of templates) {
    const distance = distanceTo(template);
    if (distance < first) {
      second = first;
      first = distance;
    } else if (distance < second) {
      second = distance;
    }
  }
  if (!Number.isFinite(second)) return first;
  const capped = Math.min(second, SECOND_NEAREST_CAP * first);
  return (1 - SECOND_NEAREST_WEIGHT) * first + SECOND_NEAREST_WEIGHT * capped;
}
