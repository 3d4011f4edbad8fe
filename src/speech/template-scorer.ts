import { assert } from '../core/assert';
import type { PhraseId, TakeId } from '../core/ids';
import type { UtteranceFeatures } from '../features/utterance-features';
import { type MatchingFrames, matchingFramesOf, poolFrames } from './matching-frames';
import type { Exemplar, Scorer } from './scorer';
import { TimeWarper } from './time-warping';

/** The same utterance twice: coarse frames to find candidates by, fine ones to decide. */
interface View {
  readonly fine: MatchingFrames;
  readonly coarse: MatchingFrames;
}

interface Template {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  readonly view: View;
  /** Distances to other templates, kept because leave-one-out asks for them again and again. */
  readonly fineTo: Map<TakeId, number>;
  readonly coarseTo: Map<TakeId, number>;
}

/** Weight of the second-nearest take: one lucky take alone decides less. */
const SECOND_NEAREST_WEIGHT = 0.3;
/** Fine frames in a coarse one, which then is 60 ms. */
const COARSE_GROUP = 3;
/** So many phrases are compared finely, the nearest by coarse frames. */
const FINE_PHRASES = 6;
/** Nobody says the same word this many times slower; a longer utterance is not even aligned finely. */
const MOST_STRETCH = 2.5;
/** Coarse frames are averages and lie closer together: this brings their distances onto the fine scale. */
const COARSE_TO_FINE = 1.35;

/**
 * Compares an utterance with the takes of every phrase by dynamic time warping: all takes coarsely, then
 * those of the nearest phrases finely. Needs one take a phrase, learns nothing across takes, and forgets a
 * take by dropping it: the state is a function of the set of takes.
 */
export class TemplateScorer implements Scorer {
  readonly name = 'template';
  readonly #templates = new Map<TakeId, Template>();
  readonly #views = new WeakMap<UtteranceFeatures, View>();
  readonly #takeOf = new WeakMap<UtteranceFeatures, TakeId>();
  readonly #warper = new TimeWarper();

  enrol({ takeId, phraseId, features }: Exemplar): void {
    assert(!this.#templates.has(takeId), 'a take is enrolled once', takeId);
    const view = this.#viewOf(features);
    this.#templates.set(takeId, { takeId, phraseId, view, fineTo: new Map(), coarseTo: new Map() });
    this.#takeOf.set(features, takeId);
  }

  remove(takeId: TakeId): void {
    if (!this.#templates.delete(takeId)) return;
    for (const { fineTo, coarseTo } of this.#templates.values()) {
      fineTo.delete(takeId);
      coarseTo.delete(takeId);
    }
  }

  distances(features: UtteranceFeatures, without?: TakeId): ReadonlyMap<PhraseId, number> {
    const known = this.#templates.get(this.#takeOf.get(features) as TakeId);
    const view = this.#viewOf(features);
    const byPhrase = new Map<PhraseId, Template[]>();
    for (const template of this.#templates.values()) {
      if (template.takeId === without) continue;
      const templates = byPhrase.get(template.phraseId);
      if (templates === undefined) byPhrase.set(template.phraseId, [template]);
      else templates.push(template);
    }
    const coarse = [...byPhrase].map(([phraseId, templates]) => ({
      phraseId,
      templates,
      distance: COARSE_TO_FINE * nearestTwo(templates, (template) => this.#coarse(view, known, template)),
    }));
    coarse.sort((a, b) => a.distance - b.distance);
    return new Map(
      coarse.map(({ phraseId, templates, distance }, rank) => [
        phraseId,
        rank < FINE_PHRASES
          ? nearestTwo(templates, (template) => this.#fine(view, known, template))
          : distance,
      ]),
    );
  }

  #coarse(view: View, known: Template | undefined, template: Template): number {
    return remembered(known?.coarseTo, template, template.coarseTo, known, () =>
      this.#warper.distance(view.coarse, template.view.coarse),
    );
  }

  #fine(view: View, known: Template | undefined, template: Template): number {
    const lengths = [view.fine.frameCount, template.view.fine.frameCount];
    if (Math.max(...lengths) > MOST_STRETCH * Math.min(...lengths)) {
      return COARSE_TO_FINE * this.#coarse(view, known, template);
    }
    return remembered(known?.fineTo, template, template.fineTo, known, () =>
      this.#warper.distance(view.fine, template.view.fine),
    );
  }

  #viewOf(features: UtteranceFeatures): View {
    let view = this.#views.get(features);
    if (view === undefined) {
      const fine = matchingFramesOf(features);
      view = { fine, coarse: poolFrames(fine, COARSE_GROUP) };
      this.#views.set(features, view);
    }
    return view;
  }
}

/** Takes a distance between two templates from memory, or works it out and remembers it on both sides. */
function remembered(
  memory: Map<TakeId, number> | undefined,
  template: Template,
  otherMemory: Map<TakeId, number>,
  known: Template | undefined,
  compute: () => number,
): number {
  if (memory === undefined || known === undefined) return compute();
  const before = memory.get(template.takeId);
  if (before !== undefined) return before;
  const distance = compute();
  memory.set(template.takeId, distance);
  otherMemory.set(known.takeId, distance);
  return distance;
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
  return Number.isFinite(second)
    ? (1 - SECOND_NEAREST_WEIGHT) * first + SECOND_NEAREST_WEIGHT * second
    : first;
}
