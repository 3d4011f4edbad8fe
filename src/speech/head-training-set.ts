import type { TrainingJob } from '../compute/compute-contract';
import { type SoftmaxNetShape, untrainedNet } from '../compute/softmax-net';
import { type Random, seededRandom, shuffled } from '../core/random';
import { HEAD_FEATURE_COUNT, type HeadView, poolHeadFeatures } from './head-features';
import { type Standardisation, standardisationOf, standardised } from './head-net';

/** A take ready for training. `phrase` counts the phrases from 0. */
export interface LabelledView {
  readonly view: HeadView;
  readonly phrase: number;
}

export interface HeadJob {
  readonly standardisation: Standardisation;
  readonly job: TrainingJob;
}

/** Measured over four sets of voices; see `docs/decisions/0004-compute-backends.md`. */
const OPTIONS = { steps: 60, learningRate: 0.02, l2: 3e-3, labelSmoothing: 0.1 };
/** Each take is shown as it is and in copies, until its phrase has about this many rows. */
const ROWS_A_PHRASE = 14;
const MOST_COPIES = 6;
/** How far the borders of a copy are moved at most, as a share of its length. */
const BORDER_JITTER = 0.2;
/** Standard deviation of the noise on a copy's standardised features. */
const FEATURE_NOISE = 0.3;
const MOST_FOLDS = 5;

/** Box–Muller transform. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const evenly = (random: Random, most: number): number => (random() * 2 - 1) * most;

/**
 * The takes of every phrase dealt out over the folds, so that a fold holds as few of one phrase as can be.
 *
 * @param phrases the phrase of every take
 * @returns the fold of every take, and how many folds there are: at most five
 */
export function dealFolds(
  phrases: readonly number[],
  random: Random,
): { readonly foldOf: readonly number[]; readonly foldCount: number } {
  const takesOf = new Map<number, number[]>();
  phrases.forEach((phrase, take) => {
    takesOf.set(phrase, [...(takesOf.get(phrase) ?? []), take]);
  });
  const mostTakes = Math.max(0, ...[...takesOf.values()].map((takes) => takes.length));
  const foldCount = Math.min(MOST_FOLDS, mostTakes);
  const foldOf = new Array<number>(phrases.length).fill(0);
  for (const takes of takesOf.values()) {
    shuffled(takes, random).forEach((take, turn) => {
      foldOf[take] = turn % foldCount;
    });
  }
  return { foldOf, foldCount };
}

/** Rows as they are, then copies with moved borders and noise; rare phrases get more copies. */
export function headJob(takes: readonly LabelledView[], phraseCount: number, seed: number): HeadJob {
  const random = seededRandom(seed);
  const plain = takes.map(({ view }) => poolHeadFeatures(view));
  const standardisation = standardisationOf(plain);
  const rows = plain.map((row) => standardised(row, standardisation));
  const labels = takes.map(({ phrase }) => phrase);
  const takeCounts = new Array<number>(phraseCount).fill(0);
  for (const { phrase } of takes) takeCounts[phrase] = (takeCounts[phrase] ?? 0) + 1;
  for (const { view, phrase } of takes) {
    const copies = Math.min(MOST_COPIES, Math.ceil(ROWS_A_PHRASE / (takeCounts[phrase] ?? 1)) - 1);
    for (let copy = 0; copy < copies; copy += 1) {
      const jitter = { start: evenly(random, BORDER_JITTER), end: evenly(random, BORDER_JITTER) };
      const row = standardised(poolHeadFeatures(view, jitter), standardisation);
      rows.push(row.map((value) => value + FEATURE_NOISE * gaussian(random)));
      labels.push(phrase);
    }
  }
  const inputs = new Float32Array(rows.length * HEAD_FEATURE_COUNT);
  rows.forEach((row, index) => {
    inputs.set(row, index * HEAD_FEATURE_COUNT);
  });
  const shape: SoftmaxNetShape = { inputs: HEAD_FEATURE_COUNT, hidden: 0, classes: phraseCount };
  const initial = untrainedNet(shape, random);
  return {
    standardisation,
    job: { initial, rows: { inputs, labels: Int32Array.from(labels) }, options: OPTIONS },
  };
}
