import type { Utterance } from '../../audio/utterance';
import type { Clip } from './clip';

export interface ClipAheadOptions {
  readonly clipOf: (utterance: Utterance) => Promise<Clip | undefined>;
  /** Does now what would otherwise be done when the utterance is over, as far as it leaves no trace. */
  readonly onClip: (clip: Clip) => void;
}

/**
 * Uses the silence in which nobody knows yet whether the person has ended: features, embedding and comparisons are made
 * of what an utterance would be if they have, so that the answer is there when the hangover is over. Goes on talking who
 * had only paused, it was for nothing, and nothing of it is kept.
 */
export class ClipAhead {
  readonly #options: ClipAheadOptions;
  #prepared: { readonly utterance: Utterance; readonly clip: Promise<Clip | undefined> } | undefined;

  constructor(options: ClipAheadOptions) {
    this.#options = options;
  }

  prepare(utterance: Utterance): void {
    this.#prepared = { utterance, clip: this.#make(utterance) };
  }

  /** The clip of this very utterance, prepared or made now. */
  take(utterance: Utterance): Promise<Clip | undefined> {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    return prepared?.utterance === utterance ? prepared.clip : this.#options.clipOf(utterance);
  }

  forget(): void {
    this.#prepared = undefined;
  }

  async #make(utterance: Utterance): Promise<Clip | undefined> {
    const clip = await this.#options.clipOf(utterance);
    if (clip !== undefined && this.#prepared?.utterance === utterance) this.#options.onClip(clip);
    return clip;
  }
}
