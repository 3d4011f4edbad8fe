import type { PhraseId } from '../../core/ids';

/** How the trained scorer is mixed into the acoustic distances. */
export interface Fusion {
  /** Say of the trained scorer: 0 none, because it does not help or there is none; 1 as much as the others. */
  readonly weight: number;
  /** Brings differences between the trained scorer's distances onto the scale of log acoustic distances. */
  readonly scale: number;
  /** Share of left-out takes whose nearest phrase is their own, without and with the trained scorer. */
  readonly acousticAccuracy: number;
  readonly fusedAccuracy: number;
}

/** A take with its left-out distances by both scorers. */
export interface FusionTrial {
  readonly phraseId: PhraseId;
  readonly acoustic: ReadonlyMap<PhraseId, number>;
  readonly trained: ReadonlyMap<PhraseId, number> | undefined;
}

type Mix = Pick<Fusion, 'weight' | 'scale'>;

const WEIGHTS = [0.15, 0.3, 0.5, 0.75, 1];
/** Share of the loss that has to go before another scorer is worth listening to. */
const LEAST_GAIN = 0.1;
/** How likely a scorer that only guesses may be to do as well: five takes put right and none wrong is 0.03. */
const MOST_CHANCE = 0.05;
/** Log distance over which a margin turns from a guess into a certainty. */
const MARGIN_SLOPE = 0.06;
/** Below any two recordings that were really made apart. */
const LEAST_DISTANCE = 1e-3;
/** The trained scorer may push a phrase away by this factor at most, in natural log. */
const MOST_PENALTY = 1;

/**
 * Chooses the weight of a trained scorer by leave-one-out: the one with the least logistic loss of the
 * margin between the right phrase and the nearest wrong one. The acoustic distances decide alone unless the loss gets
 * clearly smaller, no take is named wrong that was named right, and so many more are named right that it is hardly
 * chance: a left-out take leaves phrases one take short, which flatters whatever is held against them, and no take tells
 * how the trained scorer fares in noise.
 */
export function chooseFusion(trials: readonly FusionTrial[]): Fusion {
  const scale = scaleOf(trials);
  const alone = judge(trials, { weight: 0, scale });
  let best = { weight: 0, ...alone };
  if (trials.some(({ trained }) => trained !== undefined)) {
    for (const weight of WEIGHTS) {
      const fused = judge(trials, { weight, scale });
      const isWorthIt =
        fused.loss < (1 - LEAST_GAIN) * alone.loss && chanceOfGain(alone, fused) <= MOST_CHANCE;
      if (isWorthIt && fused.loss < best.loss) best = { weight, ...fused };
    }
  }
  return { weight: best.weight, scale, acousticAccuracy: alone.accuracy, fusedAccuracy: best.accuracy };
}

/**
 * Acoustic distances, each multiplied up by how much less the trained scorer believes in that phrase than
 * in its favourite. The favourite keeps its distance: a scorer that only knows how to choose between
 * phrases must not make an unknown word look like one of them.
 */
export function fuse(
  acoustic: ReadonlyMap<PhraseId, number>,
  trained: ReadonlyMap<PhraseId, number> | undefined,
  { weight, scale }: Mix,
): ReadonlyMap<PhraseId, number> {
  if (weight === 0 || trained === undefined) return acoustic;
  const favourite = Math.min(...trained.values());
  const fused = new Map<PhraseId, number>();
  for (const [phraseId, distance] of acoustic) {
    const disbelief = (trained.get(phraseId) ?? favourite) - favourite;
    fused.set(phraseId, distance * Math.exp(weight * Math.min(MOST_PENALTY, scale * disbelief)));
  }
  return fused;
}

/** Median margin of the acoustic distances over median margin of the trained scorer: a few odd takes do not move it. */
function scaleOf(trials: readonly FusionTrial[]): number {
  const acoustic: number[] = [];
  const trained: number[] = [];
  for (const trial of trials) {
    const ofAcoustic = marginOf(trial.phraseId, trial.acoustic, logDistance);
    const ofTrained = trial.trained && marginOf(trial.phraseId, trial.trained, (distance) => distance);
    if (ofAcoustic === undefined || ofTrained === undefined) continue;
    acoustic.push(Math.abs(ofAcoustic));
    trained.push(Math.abs(ofTrained));
  }
  const ofTrained = median(trained);
  return ofTrained > 0 ? median(acoustic) / ofTrained : 1;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Two copies of one recording are no distance apart, and nothing has no logarithm. */
const logDistance = (distance: number): number => Math.log(Math.max(distance, LEAST_DISTANCE));

interface Judgement {
  readonly loss: number;
  readonly accuracy: number;
  readonly right: ReadonlySet<FusionTrial>;
}

/**
 * How often a coin would put as many takes right and none wrong; certain where any take is named wrong that was named
 * right. Whoever taught it would notice that one.
 */
function chanceOfGain(before: Judgement, after: Judgement): number {
  if ([...before.right].some((trial) => !after.right.has(trial))) return 1;
  return 0.5 ** (after.right.size - before.right.size);
}

function judge(trials: readonly FusionTrial[], mix: Mix): Judgement {
  const right = new Set<FusionTrial>();
  let loss = 0;
  let count = 0;
  for (const trial of trials) {
    const { phraseId, acoustic, trained } = trial;
    const margin = marginOf(phraseId, fuse(acoustic, trained, mix), logDistance);
    if (margin === undefined) continue;
    count += 1;
    if (margin > 0) right.add(trial);
    loss += Math.log1p(Math.exp(-margin / ((1 + mix.weight) * MARGIN_SLOPE)));
  }
  return count === 0
    ? { loss: 0, accuracy: 0, right }
    : { loss: loss / count, accuracy: right.size / count, right };
}

/** How much farther the nearest wrong phrase is than the right one, after `level`. */
function marginOf(
  phraseId: PhraseId,
  distances: ReadonlyMap<PhraseId, number>,
  level: (distance: number) => number,
): number | undefined {
  const own = distances.get(phraseId);
  let nearestOther = Number.POSITIVE_INFINITY;
  for (const [other, distance] of distances) {
    if (other !== phraseId && distance < nearestOther) nearestOther = distance;
  }
  if (own === undefined || !Number.isFinite(nearestOther) || !Number.isFinite(own)) return undefined;
  return level(nearestOther) - level(own);
}
