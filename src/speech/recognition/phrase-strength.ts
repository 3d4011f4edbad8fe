import type { PhraseId } from '../../core/ids';

/** What became of fitting the encoder to the person. */
export type TuningStatus =
  /** Too few recordings, or no encoder. */
  | { readonly kind: 'too-little' }
  | { readonly kind: 'training' }
  | {
      readonly kind: 'trained';
      /** Share of left-out takes that were named right, in [0, 1]. */
      readonly acousticAccuracy: number;
      readonly fusedAccuracy: number;
      /** Weight of the tuned encoder in the fused score, 0 where leave-one-out says it does not help. */
      readonly weight: number;
      readonly trainMs: number;
    };

/** Two phrases that sound alike in this voice. */
export interface Clash {
  readonly phraseId: PhraseId;
  /** 0: told apart easily; 1: the same sound. Above 0.5 deserves a warning. */
  readonly similarity: number;
}

/** How well a phrase is known, from its own recordings. */
export interface PhraseStrength {
  readonly phraseId: PhraseId;
  readonly exampleCount: number;
  readonly counterExampleCount: number;
  /** Share of takes that the others would have recognised, [0, 1]; `undefined` with one take. */
  readonly leaveOneOut: number | undefined;
  readonly threshold: number;
  readonly clashes: readonly Clash[];
}
