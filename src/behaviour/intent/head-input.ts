import type { TextDirections } from './text-directions';
import { countedFeatures, hashOf } from './text-features';

/** Places that words and pieces of words are hashed into. */
const HASHED = 256;
/** Adam takes steps of one size: inputs of length 1 spread over hundreds of numbers would be learnt from too slowly. */
const SCALE = 5;

export const headInputs = (directions: TextDirections | undefined): number =>
  (directions?.dimensions ?? 0) + HASHED;

/**
 * A text for a net: the direction it points in, and beside it its own words and letters, hashed with a sign (Weinberger et
 * al. 2009), so that its size does not depend on which texts there were.
 */
export function headInput(text: string, directions: TextDirections | undefined): Float32Array {
  const input = new Float32Array(headInputs(directions));
  const from = directions?.dimensions ?? 0;
  if (directions !== undefined) input.set(directions.embed(text));
  const hashed = input.subarray(from);
  for (const [feature, weight] of countedFeatures(text)) {
    const hash = hashOf(feature);
    const place = (hash >>> 1) % HASHED;
    hashed[place] = (hashed[place] ?? 0) + ((hash & 1) === 1 ? weight : -weight);
  }
  const norm = Math.sqrt(hashed.reduce((sum, value) => sum + value * value, 0));
  if (norm > 0) for (const [at, value] of hashed.entries()) hashed[at] = value / norm;
  return input.map((value) => value * SCALE);
}
