import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Exemplar, Scorer } from '../recognition/scorer';

/**
 * Compares what the shipped encoder makes of an utterance with what it made of the takes: half with the mean of a
 * phrase's takes (its prototype), half with the nearest of them. Distances are 1 minus the cosine, in [0, 2].
 *
 * Takes and utterances without an embedding have no distance to anything. The state is the set of takes, so forgetting
 * is exact.
 */
export class EncoderScorer implements Scorer {
  readonly name = 'encoder';
  readonly #takes = new Map<PhraseId, Map<TakeId, Float32Array>>();

  enrol({ takeId, phraseId, features: { embedding } }: Exemplar): void {
    if (embedding === undefined) return;
    const takes = this.#takes.get(phraseId) ?? new Map<TakeId, Float32Array>();
    assert(!takes.has(takeId), 'a take is enrolled once', takeId);
    takes.set(takeId, embedding.phrase);
    this.#takes.set(phraseId, takes);
  }

  remove(takeId: TakeId): void {
    for (const [phraseId, takes] of this.#takes) {
      if (takes.delete(takeId) && takes.size === 0) this.#takes.delete(phraseId);
    }
  }

  distances({ embedding }: UtteranceFeatures, without?: TakeId): ReadonlyMap<PhraseId, number> {
    const distances = new Map<PhraseId, number>();
    if (embedding === undefined) return distances;
    for (const [phraseId, takes] of this.#takes) {
      const similarity = similarityTo(takes, embedding.phrase, without);
      if (similarity !== undefined) distances.set(phraseId, 1 - similarity);
    }
    return distances;
  }
}

function similarityTo(
  takes: ReadonlyMap<TakeId, Float32Array>,
  said: Float32Array,
  without: TakeId | undefined,
): number | undefined {
  const sum = new Float64Array(said.length);
  let nearest = Number.NEGATIVE_INFINITY;
  // In the order of their ids: adding up in another order would round differently.
  for (const takeId of [...takes.keys()].sort()) {
    if (takeId === without) continue;
    const take = takes.get(takeId) as Float32Array;
    let cosine = 0;
    for (let index = 0; index < said.length; index += 1) {
      const value = take[index] ?? 0;
      cosine += value * (said[index] ?? 0);
      sum[index] = (sum[index] ?? 0) + value;
    }
    nearest = Math.max(nearest, cosine);
  }
  if (nearest === Number.NEGATIVE_INFINITY) return undefined;
  let toPrototype = 0;
  let squares = 0;
  for (let index = 0; index < sum.length; index += 1) {
    const value = sum[index] ?? 0;
    toPrototype += value * (said[index] ?? 0);
    squares += value * value;
  }
  return (toPrototype / Math.sqrt(Math.max(squares, Number.MIN_VALUE)) + nearest) / 2;
}
