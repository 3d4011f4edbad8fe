import type { TakeId } from '../../core/ids';
import type { UtteranceEmbedding, UtteranceFeatures } from '../../features/utterance-features';

export interface TakeEmbeddingOptions {
  /** Gives features back without an embedding where the encoder is not at hand. */
  readonly encode: (features: UtteranceFeatures) => Promise<UtteranceFeatures>;
  /** Takes to look through, with their features. */
  readonly takes: () => readonly { readonly takeId: TakeId; readonly features: UtteranceFeatures }[];
  readonly onEmbedded: (takeId: TakeId, embedding: UtteranceEmbedding) => void;
  /** After a round in which a take was given an embedding. */
  readonly onChanged: () => void;
}

/**
 * Gives embeddings to takes that were learnt while the encoder was still loading, so that recognising need not wait for
 * it: templates answer at once, and the encoder joins in when it has heard all takes.
 */
export class TakeEmbedding {
  readonly #options: TakeEmbeddingOptions;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(options: TakeEmbeddingOptions) {
    this.#options = options;
  }

  /** Looks for takes without an embedding; once more when one was added meanwhile. Settles when none is left to try. */
  catchUp(): Promise<void> {
    this.#isAskedAgain = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    const { encode, takes, onEmbedded, onChanged } = this.#options;
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false;
      let hasChanged = false;
      for (const { takeId, features } of takes()) {
        if (features.embedding !== undefined || features.logMel.frameCount === 0) continue;
        const { embedding } = await encode(features);
        // No encoder: the others would come back as they are too.
        if (embedding === undefined) break;
        onEmbedded(takeId, embedding);
        hasChanged = true;
      }
      if (hasChanged) onChanged();
    }
  }
}
