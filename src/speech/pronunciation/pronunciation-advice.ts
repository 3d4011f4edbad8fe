import type { PhraseId, TakeId } from '../../core/ids';
import type { Confusion } from './confusions';
import { SEGMENT_COUNT } from './medoid-alignment';
import type { PhrasePattern } from './pronunciation-patterns';

/** Something worth telling the person about how they say their phrases. The words for it are the UI's. */
export type PronunciationAdvice =
  /** Rename, reword or record more of these two. */
  | {
      readonly kind: 'similar-pair';
      readonly phraseIds: readonly [PhraseId, PhraseId];
      readonly similarity: number;
    }
  /** This take resembles no other of its phrase: listen to it, and record it again or delete it. */
  | { readonly kind: 'one-odd-take'; readonly phraseId: PhraseId; readonly takeId: TakeId }
  /** Said in two or three ways: all are welcome, each should have a few takes. */
  | {
      readonly kind: 'two-ways' | 'three-ways';
      readonly phraseId: PhraseId;
      readonly ways: readonly (readonly TakeId[])[];
    }
  /** This part comes out differently from take to take, more than the rest of what the person says. */
  | {
      readonly kind: 'unstable-beginning' | 'unstable-middle' | 'unstable-ending';
      readonly phraseId: PhraseId;
    }
  /** Said faster and slower; a share of the usual pace. */
  | { readonly kind: 'uneven-pace'; readonly phraseId: PhraseId; readonly variation: number };

/** Taken for each other this often is worth a warning. */
const SIMILAR_FROM = 0.3;
/** A quarter faster or slower, as often as not. */
const UNEVEN_FROM = 0.25;
const EDGE_SEGMENTS = 2;

/** Confusable pairs first, then what is odd, then what varies. */
export function adviseOn(
  patterns: readonly PhrasePattern[],
  confusions: readonly Confusion[],
): readonly PronunciationAdvice[] {
  return [
    ...confusions
      .filter(({ similarity }) => similarity >= SIMILAR_FROM)
      .map(({ phraseIds, similarity }) => ({ kind: 'similar-pair', phraseIds, similarity }) as const),
    ...patterns.flatMap(({ phraseId, oddTake }) =>
      oddTake === undefined ? [] : [{ kind: 'one-odd-take', phraseId, takeId: oddTake } as const],
    ),
    ...patterns.flatMap(waysOf),
    ...patterns.flatMap(unstablePartsOf),
    ...patterns.flatMap(({ phraseId, paceVariation: variation }) =>
      variation === undefined || variation < UNEVEN_FROM
        ? []
        : [{ kind: 'uneven-pace', phraseId, variation } as const],
    ),
  ];
}

function waysOf({ phraseId, variants }: PhrasePattern): PronunciationAdvice[] {
  if (variants.length < 2) return [];
  const kind = variants.length === 2 ? 'two-ways' : 'three-ways';
  return [{ kind, phraseId, ways: variants.map(({ takes }) => takes) }];
}

function unstablePartsOf({ phraseId, segments }: PhrasePattern): PronunciationAdvice[] {
  const kinds = segments.flatMap(({ steadiness }, segment) => {
    if (steadiness !== 'unsteady') return [];
    if (segment < EDGE_SEGMENTS) return ['unstable-beginning' as const];
    return segment >= SEGMENT_COUNT - EDGE_SEGMENTS
      ? ['unstable-ending' as const]
      : ['unstable-middle' as const];
  });
  return [...new Set(kinds)].map((kind) => ({ kind, phraseId }));
}
