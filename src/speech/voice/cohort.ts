import { assert } from '../../core/assert';

/** Length of a voiceprint: `UtteranceEmbedding.speaker`. */
export const VOICEPRINT_DIMENSIONS = 64;

/** What strangers score against one voice: those most like it. */
export interface CohortScores {
  readonly mean: number;
  readonly deviation: number;
}

/** Only the voices most alike matter: others would make a score look better than it is. */
const NEAREST_SHARE = 0.25;
const LEAST_NEAREST = 8;
/** Fewer strangers say nothing about strangers. */
const LEAST_ROWS = 8;
/** Of a cosine; strangers that all sound the same must not make a score infinite. */
const LEAST_DEVIATION = 0.02;

/**
 * Voiceprints of strangers, shipped with the encoder. A cosine between two voices means little by itself: it is
 * larger for short, noisy or plain voices. Against what strangers get it can be compared.
 *
 * @example
 * const cohort = new Cohort(shippedRows);
 * cohort.scoresOf(voiceprint); // { mean: 0.31, deviation: 0.08 }
 */
export class Cohort {
  /** Unit length, `VOICEPRINT_DIMENSIONS` each. Not copied: whoever hands them in leaves them as they are. */
  readonly rows: readonly Float32Array[];

  constructor(rows: readonly Float32Array[]) {
    for (const row of rows)
      assert(row.length === VOICEPRINT_DIMENSIONS, 'voiceprints have one length', row.length);
    this.rows = rows;
  }

  get isLargeEnough(): boolean {
    return this.rows.length >= LEAST_ROWS;
  }

  /**
   * @param voice unit length
   * @param without index of a row that is left out, because it is the voice
   * @returns `undefined` when there are too few strangers
   */
  scoresOf(voice: Float32Array, without?: number): CohortScores | undefined {
    return this.scoresAmong(
      this.rows.map((row) => cosineOf(voice, row)),
      without,
    );
  }

  /**
   * What strangers get against anything that voices can be compared with.
   *
   * @param similarities of the strangers, in the order of `rows`; higher is more alike
   */
  scoresAmong(similarities: readonly number[], without?: number): CohortScores | undefined {
    if (!this.isLargeEnough) return undefined;
    const scores = similarities.filter((_, index) => index !== without);
    scores.sort((a, b) => b - a);
    const nearest = scores.slice(0, Math.max(LEAST_NEAREST, Math.ceil(NEAREST_SHARE * scores.length)));
    let mean = 0;
    for (const score of nearest) mean += score / nearest.length;
    let variance = 0;
    for (const score of nearest) variance += (score - mean) ** 2 / nearest.length;
    return { mean, deviation: Math.max(LEAST_DEVIATION, Math.sqrt(variance)) };
  }
}

/**
 * Adaptive symmetric score normalisation: how far a cosine stands out of what strangers get against the profile, and
 * of what they get against the utterance, in standard deviations (Cumani et al., Interspeech 2011; Matějka et al.,
 * Interspeech 2017). Strangers who sound alike score around 0.
 */
export function normalisedScore(cosine: number, ofProfile: CohortScores, ofUtterance: CohortScores): number {
  return (
    0.5 *
    ((cosine - ofProfile.mean) / ofProfile.deviation + (cosine - ofUtterance.mean) / ofUtterance.deviation)
  );
}

/** Of two vectors of unit length. */
export function cosineOf(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  for (let index = 0; index < a.length; index += 1) dot += (a[index] as number) * (b[index] as number);
  return dot;
}

/** `undefined` for a vector of zeros, which points nowhere. */
export function unitOf(vector: Float64Array): Float32Array | undefined {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (!(squares > 0) || !Number.isFinite(squares)) return undefined;
  const scale = 1 / Math.sqrt(squares);
  return Float32Array.from(vector, (value) => value * scale);
}
