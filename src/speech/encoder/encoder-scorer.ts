import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Exemplar, Scorer } from '../recognition/scorer';

interface Phrase {
  readonly takes: Map<TakeId, Float32Array>;
  /** Of all takes; worked out when it is first asked for after a take came or went. */
  prototype: Prototype | undefined;
}

/** Sum of some takes, and its length squared. */
interface Prototype {
  readonly sum: Float64Array;
  readonly squares: number;
}

/**
 * Compares what the shipped encoder makes of an utterance with what it made of the takes: half with the mean of a
 * phrase's takes (its prototype), half with the nearest of them. Distances are 1 minus the cosine, in [0, 2].
 *
 * Takes and utterances without an embedding have no distance to anything. The state is the set of takes, so forgetting
 * is exact.
 */
export class EncoderScorer implements Scorer {
  readonly name = 'encoder';
  readonly #phrases = new Map<PhraseId, Phrase>();

  enrol({ takeId, phraseId, features: { embedding } }: Exemplar): void {
    if (embedding === undefined) return;
    const phrase = this.#phrases.get(phraseId) ?? { takes: new Map(), prototype: undefined };
    assert(!phrase.takes.has(takeId), 'a take is enrolled once', takeId);
    phrase.takes.set(takeId, embedding.phrase);
    phrase.prototype = undefined;
    this.#phrases.set(phraseId, phrase);
  }

  remove(takeId: TakeId): void {
    for (const [phraseId, phrase] of this.#phrases) {
      if (!phrase.takes.delete(takeId)) continue;
      phrase.prototype = undefined;
      if (phrase.takes.size === 0) this.#phrases.delete(phraseId);
    }
  }

  /** What was made of an enrolled take. */
  embeddingOf(takeId: TakeId): Float32Array | undefined {
    for (const { takes } of this.#phrases.values()) {
      const embedding = takes.get(takeId);
      if (embedding !== undefined) return embedding;
    }
    return undefined;
  }

  distances({ embedding }: UtteranceFeatures, without?: TakeId): ReadonlyMap<PhraseId, number> {
    const distances = new Map<PhraseId, number>();
    if (embedding === undefined) return distances;
    for (const [phraseId, phrase] of this.#phrases) {
      const nearest = nearestTo(phrase.takes, embedding.phrase, without);
      if (nearest === undefined) continue;
      const { sum, squares } = this.#prototypeOf(phrase, without);
      const toPrototype = dotOfSum(sum, embedding.phrase) / Math.sqrt(Math.max(squares, Number.MIN_VALUE));
      distances.set(phraseId, 1 - (toPrototype + nearest) / 2);
    }
    return distances;
  }

  #prototypeOf(phrase: Phrase, without: TakeId | undefined): Prototype {
    if (without !== undefined && phrase.takes.has(without)) return prototypeOf(phrase.takes, without);
    phrase.prototype ??= prototypeOf(phrase.takes);
    return phrase.prototype;
  }
}

/** Largest cosine to any take; `undefined` where none is left. */
function nearestTo(
  takes: ReadonlyMap<TakeId, Float32Array>,
  said: Float32Array,
  without: TakeId | undefined,
): number | undefined {
  let nearest: number | undefined;
  for (const [takeId, take] of takes) {
    if (takeId !== without) nearest = Math.max(nearest ?? Number.NEGATIVE_INFINITY, dot(take, said));
  }
  return nearest;
}

function prototypeOf(takes: ReadonlyMap<TakeId, Float32Array>, without?: TakeId): Prototype {
  let sum = new Float64Array();
  // In the order of their ids: adding up in another order would round differently.
  for (const takeId of [...takes.keys()].sort()) {
    if (takeId === without) continue;
    const take = takes.get(takeId) as Float32Array;
    if (sum.length === 0) sum = new Float64Array(take.length);
    for (let index = 0; index < take.length; index += 1) sum[index] = (sum[index] ?? 0) + (take[index] ?? 0);
  }
  let squares = 0;
  for (const value of sum) squares += value * value;
  return { sum, squares };
}

function dot(a: Float32Array, b: Float32Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index += 1) total += (a[index] ?? 0) * (b[index] ?? 0);
  return total;
}

/** As `dot`, apart from it because a loop over two kinds of arrays runs at a fraction of the speed. */
function dotOfSum(sum: Float64Array, said: Float32Array): number {
  let total = 0;
  for (let index = 0; index < sum.length; index += 1) total += (sum[index] ?? 0) * (said[index] ?? 0);
  return total;
}
