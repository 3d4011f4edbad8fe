import type { Compute, ComputeError } from '../../compute/compute-contract';
import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import { pause } from '../../core/pause';
import { seededRandom } from '../../core/random';
import { err, ok, type Result } from '../../core/result';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Exemplar, TrainedScorer } from '../recognition/scorer';
import { type HeadNet, surprises } from './head-net';
import { dealFolds, type HeadJob, headJob, headRows, type LabelledView } from './head-training-set';
import { headViewOf } from './head-view';

/** Fewer than two phrases with two takes each: nothing to learn a head from. */
export type HeadError = { readonly kind: 'too-little' } | ComputeError;

export interface HeadTrainingOptions {
  readonly seed?: number;
  /** Aborting answers `aborted` within about 20 ms on WASM; nothing is kept. */
  readonly signal?: AbortSignal;
}

/** A take the head was trained on, and what heads that never saw it thought of it. */
export interface HeadTake {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  /** By index of `phraseIds`. */
  readonly heldOut: Float32Array;
}

const DEFAULT_SEED = 42;

/**
 * What tells this person's phrases apart, learnt from all takes together: pooled cepstra in phonetic time,
 * one softmax layer. Where templates ask "how near is it to one of the takes", the head asks "which
 * phrase, if it is one of these". All in plain numbers: it answers in microseconds, without a backend.
 */
export class PhraseHead implements TrainedScorer {
  readonly name = 'head';
  readonly heldOut: ReadonlyMap<TakeId, ReadonlyMap<PhraseId, number>>;

  constructor(
    /** In the order of the net's outputs. */
    readonly phraseIds: readonly PhraseId[],
    readonly takes: readonly HeadTake[],
    readonly net: HeadNet,
  ) {
    const takeCounts = new Map<PhraseId, number>();
    for (const { phraseId } of takes) takeCounts.set(phraseId, (takeCounts.get(phraseId) ?? 0) + 1);
    this.heldOut = new Map(
      takes.map(({ takeId, phraseId, heldOut }) => {
        const distances = this.#byPhrase(heldOut);
        // Without its only take a phrase was no phrase yet, and the head knew nothing of it.
        if (takeCounts.get(phraseId) === 1) distances.delete(phraseId);
        return [takeId, distances];
      }),
    );
  }

  /** Negative log probability of every phrase: 0 for a sure one. Unknown sounds are not its business. */
  distances(features: UtteranceFeatures): ReadonlyMap<PhraseId, number> {
    if (features.logMel.frameCount === 0) return new Map();
    return this.#byPhrase(surprises(this.net, headViewOf(features)));
  }

  #byPhrase(values: ArrayLike<number>): Map<PhraseId, number> {
    return new Map(this.phraseIds.map((phraseId, index) => [phraseId, values[index] ?? Number.NaN]));
  }
}

/** An empty recording teaches nothing and is left aside. */
export function isUsableForHead({ features }: Pick<Exemplar, 'features'>): boolean {
  return features.logMel.frameCount > 0;
}

/** Whether a head can be trained: two phrases with two takes each. */
export function canTrainHead(exemplars: readonly Pick<Exemplar, 'phraseId' | 'features'>[]): boolean {
  const takeCounts = new Map<PhraseId, number>();
  for (const { phraseId } of exemplars.filter(isUsableForHead)) {
    takeCounts.set(phraseId, (takeCounts.get(phraseId) ?? 0) + 1);
  }
  return [...takeCounts.values()].filter((count) => count >= 2).length >= 2;
}

/**
 * Trains a head on exactly these takes, and one more for every fold of the cross-validation that fills
 * `heldOut`. The same takes, in any order, under the same seed give the same head.
 *
 * @param compute trains the nets; WASM needs about a second for 40 phrases with five takes each
 */
export async function trainPhraseHead(
  exemplars: readonly Exemplar[],
  compute: Pick<Compute, 'train'>,
  { seed = DEFAULT_SEED, signal }: HeadTrainingOptions = {},
): Promise<Result<PhraseHead, HeadError>> {
  if (!canTrainHead(exemplars)) return err({ kind: 'too-little' });
  const usable = exemplars.filter(isUsableForHead).sort((a, b) => (a.takeId < b.takeId ? -1 : 1));
  const phraseIds = [...new Set(usable.map(({ phraseId }) => phraseId))].sort();
  const indexOf = new Map(phraseIds.map((phraseId, index) => [phraseId, index]));
  const views = usable.map(
    ({ phraseId, features }): LabelledView => ({
      view: headViewOf(features),
      phrase: indexOf.get(phraseId) ?? 0,
    }),
  );

  const random = seededRandom(seed);
  const { foldOf, foldCount } = dealFolds(
    views.map(({ phrase }) => phrase),
    random,
  );
  const rows = headRows(views, random);
  const jobs: HeadJob[] = [];
  // The first job leaves no fold out: it gives the head itself.
  for (let fold = -1; fold < foldCount; fold += 1) {
    await pause();
    if (signal?.aborted) return err({ kind: 'aborted' });
    const seen = rows.filter(({ take }) => foldOf[take] !== fold);
    jobs.push(headJob(seen, phraseIds.length, seed));
  }
  const trained = await compute.train(
    jobs.map(({ job }) => job),
    signal,
  );
  if (!trained.ok) return trained;

  const nets = trained.value.flatMap((net, index): HeadNet[] => {
    const standardisation = jobs[index]?.standardisation;
    return standardisation === undefined ? [] : [{ net, standardisation }];
  });
  const [whole, ...foldNets] = nets;
  assert(whole !== undefined && foldNets.length === foldCount, 'every job gave a net', nets.length);
  const takes = usable.map(({ takeId, phraseId }, take): HeadTake => {
    const view = views[take]?.view;
    const net = foldNets[foldOf[take] ?? 0];
    assert(view !== undefined && net !== undefined, 'every take has a view and a fold', take);
    return { takeId, phraseId, heldOut: Float32Array.from(surprises(net, view)) };
  });
  return ok(new PhraseHead(phraseIds, takes, whole));
}
