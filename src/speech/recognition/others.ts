import type { PhraseId } from '../../core/ids';
import type { Twins } from './twins';

/** Two copies of one recording must not pass for a voice that never varies. */
const LEAST_DISTANCE = 3;

export const logOf = (distance: number): number => Math.log(Math.max(distance, LEAST_DISTANCE));

/** Log distances to all phrases but one. */
export interface Others {
  /** To the nearest that is no twin; infinite where there is none. */
  readonly rival: number;
  /** To the nearest twin. */
  readonly twin: number;
  /** Over all that are no twins. */
  readonly sum: number;
  readonly count: number;
}

/** Log distances to all phrases. */
interface All {
  readonly sum: number;
  readonly nearest: PhraseId | undefined;
  readonly least: number;
  readonly second: number;
}

/** Every phrase is judged against all others: added up once, that takes as many steps as there are phrases. */
const summaries = new WeakMap<ReadonlyMap<PhraseId, number>, All>();

function summaryOf(distances: ReadonlyMap<PhraseId, number>): All {
  const known = summaries.get(distances);
  if (known !== undefined) return known;
  let sum = 0;
  let nearest: PhraseId | undefined;
  let least = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  for (const [phraseId, distance] of distances) {
    const level = logOf(distance);
    sum += level;
    if (level < least) {
      second = least;
      least = level;
      nearest = phraseId;
    } else if (level < second) {
      second = level;
    }
  }
  const all = { sum, nearest, least, second };
  summaries.set(distances, all);
  return all;
}

/** @param distances must not change afterwards */
export function othersThan(
  phraseId: PhraseId,
  distances: ReadonlyMap<PhraseId, number>,
  twins: Twins,
): Others {
  const own = distances.get(phraseId);
  if (twins.hasTwin(phraseId) || !Number.isFinite(own ?? 0)) return countedOut(phraseId, distances, twins);
  const { sum, nearest, least, second } = summaryOf(distances);
  return {
    rival: nearest === phraseId ? second : least,
    twin: Number.POSITIVE_INFINITY,
    sum: own === undefined ? sum : sum - logOf(own),
    count: distances.size - (own === undefined ? 0 : 1),
  };
}

function countedOut(phraseId: PhraseId, distances: ReadonlyMap<PhraseId, number>, twins: Twins): Others {
  let rival = Number.POSITIVE_INFINITY;
  let twin = Number.POSITIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (const [other, distance] of distances) {
    if (other === phraseId) continue;
    const level = logOf(distance);
    if (twins.areTwins(phraseId, other)) {
      twin = Math.min(twin, level);
      continue;
    }
    rival = Math.min(rival, level);
    sum += level;
    count += 1;
  }
  return { rival, twin, sum, count };
}
