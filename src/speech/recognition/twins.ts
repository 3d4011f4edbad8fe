import type { PhraseId } from '../../core/ids';
import type { CalibrationTrial } from './calibration-trial';

/** Phrases that were taught with the same word: one of them was said, and nobody can tell which. */
export interface Twins {
  hasTwin(phraseId: PhraseId): boolean;
  areTwins(one: PhraseId, other: PhraseId): boolean;
}

/** Mean margin, natural log, below which takes are as near to the other phrase as to their own. */
const TWIN_MARGIN = 0.06;
const LEAST_DISTANCE = 1e-3;

/**
 * Finds them by their takes: left out, those of either are as near to the other's as to their own. A phrase with a single
 * take has no own distance to compare with, and goes by what its twin's takes say.
 */
export function twinsOf(trials: readonly CalibrationTrial[]): Twins {
  const margins = new Map<PhraseId, Map<PhraseId, number[]>>();
  for (const { phraseId, distances } of trials) {
    const own = distances.get(phraseId);
    if (own === undefined) continue;
    const ofPhrase = margins.get(phraseId) ?? new Map<PhraseId, number[]>();
    margins.set(phraseId, ofPhrase);
    for (const [other, distance] of distances) {
      if (other === phraseId) continue;
      const margin = Math.log(Math.max(distance, LEAST_DISTANCE) / Math.max(own, LEAST_DISTANCE));
      ofPhrase.set(other, [...(ofPhrase.get(other) ?? []), margin]);
    }
  }
  /** `undefined` where nothing is known. */
  const isNear = (one: PhraseId, other: PhraseId): boolean | undefined => {
    const known = margins.get(one)?.get(other);
    if (known === undefined) return undefined;
    return known.reduce((sum, margin) => sum + margin, 0) / known.length < TWIN_MARGIN;
  };
  const pairs = new Map<PhraseId, Set<PhraseId>>();
  for (const [one, ofPhrase] of margins) {
    for (const other of ofPhrase.keys()) {
      if (isNear(one, other) !== true || isNear(other, one) === false) continue;
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        pairs.set(from, (pairs.get(from) ?? new Set()).add(to));
      }
    }
  }
  return {
    hasTwin: (phraseId) => pairs.has(phraseId),
    areTwins: (one, other) => pairs.get(one)?.has(other) === true,
  };
}
