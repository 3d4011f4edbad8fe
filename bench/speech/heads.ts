import type { Compute } from '../../src/compute/compute-contract';
import { canTrainHead, trainPhraseHead } from '../../src/speech/head/phrase-head';
import type { Exemplar, TrainedScorer } from '../../src/speech/recognition/scorer';

/** The head that the app would train on these takes; `undefined` where they are too few for one. */
export type HeadOf = (exemplars: readonly Exemplar[]) => Promise<TrainedScorer | undefined>;

/**
 * Trains heads the way the speech worker does, on WASM, and remembers them by their takes: the noise
 * protocol enrols what few-shot enrolled. The same takes give the same head, so no verdict changes.
 *
 * @throws Error when nothing can be trained here; templates alone would pass for the app
 */
export function createHeads(compute: Compute): HeadOf {
  const known = new Map<string, TrainedScorer>();
  return async (exemplars) => {
    if (!canTrainHead(exemplars)) return undefined;
    const key = exemplars
      .map(({ takeId }) => takeId)
      .sort()
      .join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const trained = await trainPhraseHead(exemplars, compute);
    if (!trained.ok) throw new Error(`No head could be trained: ${JSON.stringify(trained.error)}`);
    known.set(key, trained.value);
    return trained.value;
  };
}
