import { type Random, seededRandom, shuffled } from '../core/random';

/** One of those asked in the picture of randomised response. */
export interface Asked {
  /** Whether the true answer is yes. */
  readonly isYes: boolean;
  readonly saysYes: boolean;
}

export const CROWD = 100;

/** The picture may toss as it likes; what is really sent is drawn elsewhere, from a key. */
export function freshRandom(): Random {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  return seededRandom(seed);
}

/** @param p chance that the truth is said */
export function toss(isYes: boolean, p: number, random: Random): Asked {
  return { isYes, saysYes: random() < p ? isYes : !isYes };
}

/** @param yes of a hundred people, how many for whom it is yes */
export function tossCrowd(yes: number, p: number, random: Random): readonly Asked[] {
  const crowd = Array.from({ length: CROWD }, (_, at) => toss(at < yes, p, random));
  // Where somebody stands must not tell what they think.
  return shuffled(crowd, random);
}

/** How many it is for in truth, as far as the answers tell: between nobody and everybody. */
export function estimateYes(crowd: readonly Asked[], p: number): number {
  const said = crowd.filter(({ saysYes }) => saysYes).length;
  const share = (said / crowd.length - (1 - p)) / (2 * p - 1);
  return Math.round(Math.min(1, Math.max(0, share)) * crowd.length);
}
