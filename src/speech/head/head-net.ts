import { logProbabilities, type SoftmaxNet } from '../../compute/softmax-net';
import { HEAD_FEATURE_COUNT, poolHeadFeatures } from './head-features';
import type { HeadView } from './head-view';

/** Brings every feature to mean 0 and deviation 1 on the recordings that were trained on. */
export interface Standardisation {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** A trained net with the scale of its inputs. `net.shape.inputs` is `HEAD_FEATURE_COUNT`. */
export interface HeadNet {
  readonly standardisation: Standardisation;
  readonly net: SoftmaxNet;
}

/** Keeps a feature that hardly varies from being blown up. */
const LEAST_DEVIATION = 1e-3;

export function standardisationOf(rows: readonly Float64Array[]): Standardisation {
  const mean = new Float32Array(HEAD_FEATURE_COUNT);
  const deviation = new Float32Array(HEAD_FEATURE_COUNT);
  for (let column = 0; column < HEAD_FEATURE_COUNT; column += 1) {
    let sum = 0;
    for (const row of rows) sum += row[column] ?? 0;
    const average = sum / rows.length;
    let squares = 0;
    for (const row of rows) squares += ((row[column] ?? 0) - average) ** 2;
    mean[column] = average;
    deviation[column] = Math.sqrt(squares / rows.length) + LEAST_DEVIATION;
  }
  return { mean, deviation };
}

export function standardised(row: Float64Array, { mean, deviation }: Standardisation): Float64Array {
  return row.map((value, column) => (value - (mean[column] ?? 0)) / (deviation[column] ?? 1));
}

/**
 * Surprise at every phrase: the negative natural log of its probability, never negative. `[phrases]`
 */
export function surprises({ net, standardisation }: HeadNet, view: HeadView): Float64Array {
  const input = standardised(poolHeadFeatures(view), standardisation);
  return logProbabilities(net, input).map((logProbability) => -logProbability);
}
