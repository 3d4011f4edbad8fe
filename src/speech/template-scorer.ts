import { assert } from '../core/assert';
import type { PhraseId, TakeId } from '../core/ids';
import type { FrameSequence, UtteranceFeatures } from '../features/utterance-features';
import type { Exemplar, Scorer } from './scorer';
import { templateViewOf } from './template-view';
import { TimeWarper } from './time-warping';

interface Template {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  readonly view: FrameSequence;
  /** Distances to the other templates, kept because leave-one-out asks for them again and again. */
  readonly toOthers: Map<TakeId, number>;
}

/** Weight of the second-nearest take: one lucky take alone decides less. */
const SECOND_NEAREST_WEIGHT = 0.3;

/**
 * Compares an utterance with every take of every phrase by dynamic time warping. Needs one take, learns
 * nothing across takes, and forgets a take by dropping it: the state is a function of the set of takes.
 */
export class TemplateScorer implements Scorer {
  readonly name = 'template';
  readonly #templates = new Map<TakeId, Template>();
  readonly #views = new WeakMap<UtteranceFeatures, FrameSequence>();
  readonly #takeOf = new WeakMap<UtteranceFeatures, TakeId>();
  readonly #warper = new TimeWarper();

  enrol({ takeId, phraseId, features }: Exemplar): void {
    assert(!this.#templates.has(takeId), 'a take is enrolled once', takeId);
    const view = this.#viewOf(features);
    const toOthers = new Map<TakeId, number>();
    for (const other of this.#templates.values()) {
      const distance = this.#warper.distance(view, other.view);
      toOthers.set(other.takeId, distance);
      other.toOthers.set(takeId, distance);
    }
    this.#templates.set(takeId, { takeId, phraseId, view, toOthers });
    this.#takeOf.set(features, takeId);
  }

  remove(takeId: TakeId): void {
    if (!this.#templates.delete(takeId)) return;
    for (const template of this.#templates.values()) template.toOthers.delete(takeId);
  }

  distances(features: UtteranceFeatures, without?: TakeId): ReadonlyMap<PhraseId, number> {
    const known = this.#templates.get(this.#takeOf.get(features) as TakeId)?.toOthers;
    const view = known === undefined ? this.#viewOf(features) : undefined;
    const nearest = new Map<PhraseId, { first: number; second: number }>();
    for (const template of this.#templates.values()) {
      if (template.takeId === without) continue;
      const distance =
        view === undefined ? (known?.get(template.takeId) ?? 0) : this.#warper.distance(view, template.view);
      const best = nearest.get(template.phraseId);
      if (best === undefined) {
        nearest.set(template.phraseId, { first: distance, second: Number.POSITIVE_INFINITY });
      } else if (distance < best.first) {
        best.second = best.first;
        best.first = distance;
      } else if (distance < best.second) {
        best.second = distance;
      }
    }
    const distances = new Map<PhraseId, number>();
    for (const [phraseId, { first, second }] of nearest) {
      distances.set(
        phraseId,
        Number.isFinite(second)
          ? (1 - SECOND_NEAREST_WEIGHT) * first + SECOND_NEAREST_WEIGHT * second
          : first,
      );
    }
    return distances;
  }

  #viewOf(features: UtteranceFeatures): FrameSequence {
    let view = this.#views.get(features);
    if (view === undefined) {
      view = templateViewOf(features);
      this.#views.set(features, view);
    }
    return view;
  }
}
