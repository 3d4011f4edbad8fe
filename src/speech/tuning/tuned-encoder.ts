import { adaptedEmbedding, type EncoderAdapter } from '../../compute/encoder-adapter';
import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import { EncoderScorer } from '../encoder/encoder-scorer';
import type { Exemplar, TrainedScorer } from '../recognition/scorer';

/** Shown with every recognition in which it had a say. */
export const TUNED_ENCODER = 'tuned-encoder';

/** Distances of every take to all phrases, by an adapter that never saw it. */
export type HeldOutDistances = ReadonlyMap<TakeId, ReadonlyMap<PhraseId, number>>;

/**
 * The shipped encoder with what this person's recordings taught it: compares utterances with takes as the shipped one
 * does, but hears both as the adapter makes them.
 */
export class TunedEncoder implements TrainedScorer {
  readonly name = TUNED_ENCODER;
  readonly #scorer: EncoderScorer;
  readonly #poolingFloor: number;

  /** @param exemplars what `adapter` was trained on */
  constructor(
    readonly adapter: EncoderAdapter,
    exemplars: readonly Exemplar[],
    readonly heldOut: HeldOutDistances,
    poolingFloor: number,
  ) {
    this.#poolingFloor = poolingFloor;
    this.#scorer = adaptedScorer(adapter, exemplars, poolingFloor);
  }

  distances(features: UtteranceFeatures): ReadonlyMap<PhraseId, number> | undefined {
    if (features.embedding === undefined) return undefined;
    return this.#scorer.distances(adapted(this.adapter, features, this.#poolingFloor));
  }
}

/** Compares with takes as this adapter hears them. */
export function adaptedScorer(
  adapter: EncoderAdapter,
  exemplars: readonly Exemplar[],
  poolingFloor: number,
): EncoderScorer {
  const scorer = new EncoderScorer();
  for (const exemplar of exemplars) {
    scorer.enrol({ ...exemplar, features: adapted(adapter, exemplar.features, poolingFloor) });
  }
  return scorer;
}

function adapted(
  adapter: EncoderAdapter,
  features: UtteranceFeatures,
  poolingFloor: number,
): UtteranceFeatures {
  const { embedding } = features;
  if (embedding === undefined) return features;
  const phrase = adaptedEmbedding(adapter, embedding.frames, poolingFloor);
  return { ...features, embedding: { ...embedding, phrase } };
}
