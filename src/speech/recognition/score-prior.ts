import type { Ears } from './acoustic-scorer';

/**
 * What is typical of distances and scores, in natural logs: distances are positive and their noise multiplies. Stands in
 * for recordings that are not there yet, and counts for as many recordings as `…Weight` says. Measured over the 35
 * speakers of all sets; `docs/decisions/0012-two-ears.md`.
 */
export interface ScorePrior {
  /** Distance to the own phrase. */
  readonly own: number;
  readonly personWeight: number;
  readonly phraseWeight: number;
  /** How much farther the nearest wrong phrase is, and the average one. */
  readonly nearestGap: number;
  readonly averageGap: number;
  readonly averageWeight: number;
  /** Scores of unknown words, where the phrase to compare with is the only one, and where it is not. */
  readonly unknownAlone: number;
  readonly unknown: number;
  readonly unknownSpread: number;
  readonly unknownWeight: number;
  /** Fewer unknown words than matter can look alike by chance. */
  readonly leastSpread: number;
  /** Scores of other people's running speech, from where unknown words are, and how far they spread. */
  readonly runningOffset: number;
  readonly runningSpread: number;
  /** Scores of the right phrase. */
  readonly right: number;
  readonly rightSpread: number;
  readonly rightWeight: number;
  /** How fast confidence grows with the score: densities of right and unknown words differ this much. */
  readonly scoreSlope: number;
  /** Chance that the nearest phrase is the right one: even at the first, 73 % one slope beyond. */
  readonly evenMargin: number;
  readonly marginSlope: number;
}

const weights = { personWeight: 2, phraseWeight: 4, averageWeight: 2, unknownWeight: 4, rightWeight: 4 };

export const SCORE_PRIORS: Readonly<Record<Ears, ScorePrior>> = {
  templates: {
    ...weights,
    own: 3.15,
    nearestGap: 0.4,
    averageGap: 0.75,
    unknownAlone: -0.6,
    unknown: -0.12,
    unknownSpread: 0.24,
    leastSpread: 0.1,
    runningOffset: -0.23,
    runningSpread: 0.16,
    right: 0.9,
    rightSpread: 0.34,
    scoreSlope: 8,
    evenMargin: 0.04,
    marginSlope: 0.06,
  },
  both: {
    ...weights,
    own: 3.3,
    nearestGap: 0.68,
    averageGap: 1.35,
    unknownAlone: -1.06,
    unknown: -0.1,
    unknownSpread: 0.38,
    leastSpread: 0.15,
    runningOffset: -0.44,
    runningSpread: 0.28,
    right: 1.53,
    rightSpread: 0.43,
    scoreSlope: 5.5,
    evenMargin: 0.06,
    marginSlope: 0.09,
  },
};
