import type { Result } from '../../core/result';

/** Why the files that an operator hosts cannot be used. */
export type SentenceEncoderError =
  /** They are not there, or the network is not. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** They are there, and no model that gives directions of texts. */
  | { readonly kind: 'unusable'; readonly detail: string };

/** A pretrained model that turns texts into directions. Costly: whoever uses it keeps what it gave. */
export interface SentenceEncoder {
  /** Names the model by its bytes: with other files it is another space. */
  readonly id: string;
  readonly dimensions: number;
  /** One row of `dimensions` a text, in their order. What the numbers add up to does not matter, only where they point. */
  encode(texts: readonly string[]): Promise<readonly Float32Array[]>;
}

export type LoadSentenceEncoder = (folder: string) => Promise<Result<SentenceEncoder, SentenceEncoderError>>;
