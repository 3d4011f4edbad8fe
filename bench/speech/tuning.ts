import type { Compute } from '../../src/compute/compute-contract';
import type { TunableEncoder } from '../../src/speech/encoder/encoder-model';
import type { Exemplar, TrainedScorer } from '../../src/speech/recognition/scorer';
import { canTune, tuneEncoder } from '../../src/speech/tuning/tune-encoder';

/** The encoder as the app would tune it to these takes; `undefined` where they are too few. */
export type TunedBy = (exemplars: readonly Exemplar[]) => Promise<TrainedScorer | undefined>;

/**
 * Tunes the way the speech worker does, on WASM, and remembers what came of it by the takes: the noise protocol enrols
 * what few-shot enrolled. The same takes give the same adapter, so no verdict changes.
 *
 * @throws Error when nothing can be trained here; the encoder as shipped would pass for the app
 */
export function createTuning(compute: Pick<Compute, 'tune'>, encoder: TunableEncoder): TunedBy {
  const known = new Map<string, TrainedScorer>();
  return async (exemplars) => {
    if (!canTune(exemplars)) return undefined;
    const key = exemplars
      .map(({ takeId }) => takeId)
      .sort()
      .join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const tuned = await tuneEncoder(exemplars, compute, encoder);
    if (!tuned.ok) throw new Error(`Nothing could be tuned: ${JSON.stringify(tuned.error)}`);
    known.set(key, tuned.value);
    return tuned.value;
  };
}
