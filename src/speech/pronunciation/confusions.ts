import type { PhraseId } from '../../core/ids';
import { errorAtMargin, type TakeEvidence } from '../teaching/error-curve';

/** A correction as far as confusions go: what was said, and what it was taken for. */
export interface MistakenUtterance {
  readonly saidId: PhraseId;
  readonly heardId: PhraseId;
}

/** Two phrases that are near each other in this voice. */
export interface Confusion {
  /** The smaller id first. */
  readonly phraseIds: readonly [PhraseId, PhraseId];
  /** 0: told apart easily; 0.5: one is as near as the other; towards 1: always taken for each other. */
  readonly similarity: number;
  /** Corrections that said so, in either direction. */
  readonly corrections: number;
}

/** Log distance over which two phrases come to be taken for each other; wider than for a single take. */
const SLOPE = 0.2;
/** Distances count for as many utterances; corrections then weigh as what they are. */
const DISTANCE_WEIGHT = 8;
/** Less is told apart. */
const LEAST_SIMILARITY = 0.1;

/**
 * Who is near whom: from the distances of left-out takes to their own phrase and to the other, and from what the person
 * corrected. Most alike first.
 *
 * @param said how often each phrase was said in the time the corrections are from; at least as often as it was corrected
 */
export function findConfusions(
  takes: readonly TakeEvidence[],
  corrections: readonly MistakenUtterance[] = [],
  said: ReadonlyMap<PhraseId, number> = new Map(),
): Confusion[] {
  const nearness = new Map<string, { readonly sum: number; readonly count: number }>();
  const ordered = [...takes].sort((a, b) => (a.takeId < b.takeId ? -1 : 1));
  for (const { phraseId, ownDistances, rivals } of ordered) {
    const own = Math.min(...ownDistances);
    if (!Number.isFinite(own)) continue;
    for (const [rivalId, distance] of rivals) {
      const key = keyOf(phraseId, rivalId);
      const { sum, count } = nearness.get(key) ?? { sum: 0, count: 0 };
      nearness.set(key, { sum: sum + errorAtMargin(Math.log(distance / own), SLOPE), count: count + 1 });
    }
  }
  const mistaken = new Map<string, number>();
  for (const { saidId, heardId } of corrections)
    if (saidId !== heardId) {
      const key = keyOf(saidId, heardId);
      mistaken.set(key, (mistaken.get(key) ?? 0) + 1);
    }
  return [...new Set([...nearness.keys(), ...mistaken.keys()])]
    .map((key): Confusion => {
      const phraseIds = key.split(' ') as [PhraseId, PhraseId];
      const { sum, count } = nearness.get(key) ?? { sum: 0, count: 0 };
      const byDistance = count === 0 ? 0 : sum / count;
      const times = mistaken.get(key) ?? 0;
      const utterances = Math.max(
        times,
        phraseIds.reduce((total, id) => total + (said.get(id) ?? 0), 0),
      );
      const similarity = (DISTANCE_WEIGHT * byDistance + times) / (DISTANCE_WEIGHT + utterances);
      return { phraseIds, similarity, corrections: times };
    })
    .filter(({ similarity, corrections: times }) => similarity >= LEAST_SIMILARITY || times > 0)
    .sort((a, b) => b.similarity - a.similarity || (keyOf(...a.phraseIds) < keyOf(...b.phraseIds) ? -1 : 1));
}

/** Ids hold no spaces. */
const keyOf = (one: PhraseId, other: PhraseId): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;
