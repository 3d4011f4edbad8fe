import type { TrainingJob } from '../../compute/compute-contract';
import { type SoftmaxNetShape, untrainedNet } from '../../compute/softmax-net';
import { type Random, seededRandom, shuffled } from '../../core/random';
import { HEAD_FEATURE_COUNT, poolHeadFeatures } from './head-features';
import { type Standardisation, standardisationOf, standardised } from './head-net';
import type { HeadView } from './head-view';

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
/** Each take is shown as it is and in copies; with many phrases in fewer, to keep training short. */
const MOST_ROWS_A_PHRASE = 14;
const LEAST_ROWS_A_PHRASE = 5;
const ROW_BUDGET = 400;
const MOST_COPIES = 6;
/** How far the borders of a copy are moved at most, as a share of its length. */
const BORDER_JITTER = 0.2;
/** Standard deviation of the noise on a copy's standardised features. */
const FEATURE_NOISE = 0.3;
/** Copies draw their noise from one long stretch: a million normal deviates would take longer than a net. */
const NOISE_LENGTH = 4_096;
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

/** One row to train on, not yet standardised. `noiseFrom` is absent where the take is shown as it is. */
export interface HeadRow {
  /** Index of the take it comes from. */
  readonly take: number;
  readonly phrase: number;
  readonly pooled: Float64Array;
  readonly noiseFrom: number | undefined;
}

/**
 * Every take as it is, then copies with moved borders; phrases with few takes get more copies, so that
 * all phrases weigh about the same.
 */
export function headRows(takes: readonly LabelledView[], random: Random): readonly HeadRow[] {
  const takeCounts = new Map<number, number>();
  for (const { phrase } of takes) takeCounts.set(phrase, (takeCounts.get(phrase) ?? 0) + 1);
  const rowsAPhrase = Math.min(
    MOST_ROWS_A_PHRASE,
    Math.max(LEAST_ROWS_A_PHRASE, ROW_BUDGET / takeCounts.size),
  );
  return takes.flatMap(({ view, phrase }, take) => {
    const copyCount = Math.min(MOST_COPIES, Math.round(rowsAPhrase / (takeCounts.get(phrase) ?? 1)) - 1);
    const rows: HeadRow[] = [{ take, phrase, pooled: poolHeadFeatures(view), noiseFrom: undefined }];
    for (let copy = 0; copy < copyCount; copy += 1) {
      const jitter = { start: evenly(random, BORDER_JITTER), end: evenly(random, BORDER_JITTER) };
      const noiseFrom = Math.floor(random() * NOISE_LENGTH);
      rows.push({ take, phrase, pooled: poolHeadFeatures(view, jitter), noiseFrom });
    }
    return rows;
  });
}

/** A training job for these rows, standardised on the takes among them that are shown as they are. */
export function headJob(rows: readonly HeadRow[], phraseCount: number, seed: number): HeadJob {
  const random = seededRandom(seed);
  const noise = Float32Array.from({ length: NOISE_LENGTH }, () => FEATURE_NOISE * gaussian(random));
  const asTheyAre = rows.filter(({ noiseFrom }) => noiseFrom === undefined);
  const standardisation = standardisationOf(asTheyAre.map(({ pooled }) => pooled));
  const inputs = new Float32Array(rows.length * HEAD_FEATURE_COUNT);
  rows.forEach(({ pooled, noiseFrom }, index) => {
    const row = standardised(pooled, standardisation);
    if (noiseFrom !== undefined) {
      row.forEach((value, column) => {
        row[column] = value + (noise[(noiseFrom + column) % NOISE_LENGTH] ?? 0);
      });
    }
    inputs.set(row, index * HEAD_FEATURE_COUNT);
  });
  const labels = Int32Array.from(rows, ({ phrase }) => phrase);
  const shape: SoftmaxNetShape = { inputs: HEAD_FEATURE_COUNT, hidden: 0, classes: phraseCount };
  return {
    standardisation,
    job: { initial: untrainedNet(shape, random), rows: { inputs, labels }, options: OPTIONS },
  };
}
