import { pause } from '../../core/pause';
import type { UtteranceFeatures } from '../../features/utterance-features';
import { type Matcher, TemplateMatcher } from '../templates/template-matcher';

/** Distances between all pairs of recordings. They behave like squared lengths. */
export interface TakeDistances {
  readonly count: number;
  between(a: number, b: number): number;
  /** Between recordings of different phrases, while there is only one phrase to go by. */
  readonly typicalOther: number;
  /** Between recordings of the same phrase, while none has two. */
  readonly typicalOwn: number;
}

/** Measured over 35 speakers; see `calibration.ts`, where these are the same priors in natural logs. */
const TEMPLATE_PRIOR = { typicalOwn: 23, typicalOther: 49 };
/** Squared lengths between embeddings of length 1: 2 when nothing is alike. */
const ENCODER_PRIOR = { typicalOwn: 0.6, typicalOther: 1.6 };
/** Up to so many recordings all pairs are compared finely: 1,770 of them, a third of a second. */
const MOST_FINE = 60;
/** Pairs compared before events are let in: an utterance must not wait for a picture. */
const PAIRS_AT_A_TIME = 24;

/**
 * By what the encoder makes of whole recordings where it heard all of them, by alignment otherwise. Symmetric, and the
 * same whatever the order of the recordings.
 */
export async function takeDistances(
  recordings: readonly UtteranceFeatures[],
  matcher: Matcher = new TemplateMatcher(),
): Promise<TakeDistances> {
  const count = recordings.length;
  const embedded = recordings.map(({ embedding }) => embedding?.phrase);
  const isEncoded = count > 0 && !embedded.includes(undefined);
  const views = isEncoded ? [] : recordings.map((features) => matcher.viewOf(features));
  const measure = (a: number, b: number): number => {
    if (isEncoded) return squaredLength(embedded[a] as Float32Array, embedded[b] as Float32Array);
    const [one, other] = [views[a], views[b]];
    if (one === undefined || other === undefined) return 0;
    return count <= MOST_FINE ? matcher.fine(one, other) : matcher.coarse(one, other);
  };
  const distances = new Float64Array(count * count);
  let compared = 0;
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const distance = measure(a, b);
      distances[a * count + b] = distance;
      distances[b * count + a] = distance;
      compared += 1;
      if (!isEncoded && compared % PAIRS_AT_A_TIME === 0) await pause();
    }
  }
  return {
    count,
    between: (a, b) => distances[a * count + b] as number,
    ...(isEncoded ? ENCODER_PRIOR : TEMPLATE_PRIOR),
  };
}

function squaredLength(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (const [index, value] of a.entries()) squares += (value - (b[index] as number)) ** 2;
  return squares;
}
