import type { AdapterClips } from '../../compute/adapter-batches';
import type { AdapterJob } from '../../compute/adapter-trainer';
import type { Compute, ComputeError } from '../../compute/compute-contract';
import { type AdaptableEncoder, untrainedAdapter } from '../../compute/encoder-adapter';
import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import { pause } from '../../core/pause';
import { seededRandom } from '../../core/random';
import { err, ok, type Result } from '../../core/result';
import type { Exemplar } from '../recognition/scorer';
import { dealFolds } from './folds';
import { adaptedScorer, TunedEncoder } from './tuned-encoder';

/** Fewer recordings than an adapter can be learnt from, or some that the encoder has not heard. */
export type TuningError = { readonly kind: 'too-little' } | ComputeError;

export interface TuningOptions {
  readonly seed?: number;
  /** Aborting answers `aborted` after the step under way; nothing is kept. */
  readonly signal?: AbortSignal;
}

const DEFAULT_SEED = 42;
/** With fewer takes the encoder as shipped knows better: `docs/decisions/0018-tuning.md`. */
const LEAST_TAKES = 20;
const OPTIONS = { steps: 30, learningRate: 1e-3, keep: 3e-3, dropout: 0.2, clips: 64 };

/** Whether an adapter can be trained: enough takes, all of them encoded, two phrases with two takes each. */
export function canTune(exemplars: readonly Pick<Exemplar, 'phraseId' | 'features'>[]): boolean {
  const takeCounts = new Map<PhraseId, number>();
  for (const { phraseId } of exemplars) takeCounts.set(phraseId, (takeCounts.get(phraseId) ?? 0) + 1);
  return (
    exemplars.length >= LEAST_TAKES &&
    [...takeCounts.values()].filter((count) => count >= 2).length >= 2 &&
    exemplars.every(
      ({ features: { embedding } }) => embedding !== undefined && embedding.frames.frameCount > 0,
    )
  );
}

/**
 * Trains an adapter on exactly these takes, and one more for every fold of the cross-validation that fills `heldOut`. The
 * same takes, in any order, under the same seed give the same adapter on the same backend.
 *
 * @param compute trains; WASM needs some seconds for 40 phrases with five takes each
 */
export async function tuneEncoder(
  exemplars: readonly Exemplar[],
  compute: Pick<Compute, 'tune'>,
  encoder: AdaptableEncoder,
  { seed = DEFAULT_SEED, signal }: TuningOptions = {},
): Promise<Result<TunedEncoder, TuningError>> {
  if (!canTune(exemplars)) return err({ kind: 'too-little' });
  const takes = [...exemplars].sort((a, b) => (a.takeId < b.takeId ? -1 : 1));
  const phraseIds = [...new Set(takes.map(({ phraseId }) => phraseId))].sort();
  const labels = takes.map(({ phraseId }) => phraseIds.indexOf(phraseId));
  const random = seededRandom(seed);
  const { foldOf, foldCount } = dealFolds(labels, random);
  const initial = untrainedAdapter(encoder, random);
  const { poolingFloor } = encoder;

  const jobFor = (isSeen: (take: number) => boolean): AdapterJob => {
    const seen = takes.flatMap(({ features: { embedding } }, take) =>
      embedding !== undefined && isSeen(take) ? [{ frames: embedding.frames, label: labels[take] ?? 0 }] : [],
    );
    const clips: AdapterClips = {
      frames: seen.map(({ frames }) => frames),
      labels: seen.map(({ label }) => label),
      phraseCount: phraseIds.length,
    };
    return { initial, clips, poolingFloor, options: { ...OPTIONS, seed } };
  };
  // The first leaves no fold out: it is the adapter itself.
  const jobs = [
    jobFor(() => true),
    ...Array.from({ length: foldCount }, (_, fold) => jobFor((take) => foldOf[take] !== fold)),
  ];
  const trained = await compute.tune(jobs, signal);
  if (!trained.ok) return trained;
  const [whole, ...ofFolds] = trained.value;
  assert(whole !== undefined && ofFolds.length === foldCount, 'every job gave an adapter', ofFolds.length);

  const heldOut = new Map<TakeId, ReadonlyMap<PhraseId, number>>();
  for (const [fold, adapter] of ofFolds.entries()) {
    // Hearing all takes anew keeps the thread for a quarter of a second: others get their turn in between.
    await pause();
    if (signal?.aborted) return err({ kind: 'aborted' });
    const scorer = adaptedScorer(adapter, takes, poolingFloor);
    takes.forEach(({ takeId, features }, take) => {
      if (foldOf[take] !== fold) return;
      const embedding = scorer.embeddingOf(takeId);
      assert(embedding !== undefined && features.embedding !== undefined, 'every take is enrolled', takeId);
      const heard = { ...features, embedding: { ...features.embedding, phrase: embedding } };
      // As precise as they are kept: what is decided by them is the same after they were read back.
      const distances = [...scorer.distances(heard, takeId)];
      heldOut.set(takeId, new Map(distances.map(([phrase, distance]) => [phrase, Math.fround(distance)])));
    });
  }
  return ok(new TunedEncoder(whole, takes, heldOut, poolingFloor));
}
