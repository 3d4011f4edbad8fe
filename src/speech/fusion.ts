import type { PhraseId } from '../core/ids';

/** How the trained scorer is mixed into the template distances. */
export interface Fusion {
  /** Say of the trained scorer: 0 none, because it does not help or there is none; 1 as much as templates. */
  readonly weight: number;
  /** Brings differences between the trained scorer's distances onto the scale of log template distances. */
  readonly scale: number;
  /** Share of left-out takes whose nearest phrase is their own, without and with the trained scorer. */
  readonly templateAccuracy: number;
  readonly fusedAccuracy: number;
}

/** A take with its left-out distances by both scorers. */
export interface FusionTrial {
  readonly phraseId: PhraseId;
  readonly template: ReadonlyMap<PhraseId, number>;
  readonly trained: ReadonlyMap<PhraseId, number> | undefined;
}

type Mix = Pick<Fusion, 'weight' | 'scale'>;

const WEIGHTS = [0.15, 0.3, 0.5, 0.75, 1];
/** Share of the loss that has to go before another scorer is worth listening to. */
const LEAST_GAIN = 0.1;
/** Log distance over which a margin turns from a guess into a certainty. */
const MARGIN_SLOPE = 0.06;
/** The trained scorer may push a phrase away by this factor at most, in natural log. */
const MOST_PENALTY = 1;

/**
 * Chooses the weight of a trained scorer by leave-one-out: the one with the least logistic loss of the
 * margin between the right phrase and the nearest wrong one. Templates decide alone unless the loss gets
 * clearly smaller and more takes are named right: a left-out take leaves templates one take short, which
 * flatters whatever is held against them.
 */
export function chooseFusion(trials: readonly FusionTrial[]): Fusion {
  const scale = scaleOf(trials);
  const alone = judge(trials, { weight: 0, scale });
  let best = { weight: 0, ...alone };
  if (trials.some(({ trained }) => trained !== undefined)) {
    for (const weight of WEIGHTS) {
      const { loss, accuracy } = judge(trials, { weight, scale });
      const isWorthIt = loss < (1 - LEAST_GAIN) * alone.loss && accuracy > alone.accuracy;
      if (isWorthIt && loss < best.loss) best = { weight, loss, accuracy };
    }
  }
  return { weight: best.weight, scale, templateAccuracy: alone.accuracy, fusedAccuracy: best.accuracy };
}

/**
 * Template distances, each multiplied up by how much less the trained scorer believes in that phrase than
 * in its favourite. The favourite keeps its distance: a scorer that only knows how to choose between
 * phrases must not make an unknown word look like one of them.
 */
export function fuse(
  template: ReadonlyMap<PhraseId, number>,
  trained: ReadonlyMap<PhraseId, number> | undefined,
  { weight, scale }: Mix,
): ReadonlyMap<PhraseId, number> {
  if (weight === 0 || trained === undefined) return template;
  const favourite = Math.min(...trained.values());
  const fused = new Map<PhraseId, number>();
  for (const [phraseId, distance] of template) {
    const disbelief = (trained.get(phraseId) ?? favourite) - favourite;
    fused.set(phraseId, distance * Math.exp(weight * Math.min(MOST_PENALTY, scale * disbelief)));
  }
  return fused;
}

/** Mean margin of the templates over mean margin of the trained scorer. */
function scaleOf(trials: readonly FusionTrial[]): number {
  let template = 0;
  let trained = 0;
  for (const trial of trials) {
    const ofTemplate = marginOf(trial.phraseId, trial.template, Math.log);
    const ofTrained = trial.trained && marginOf(trial.phraseId, trial.trained, (distance) => distance);
    if (ofTemplate === undefined || ofTrained === undefined) continue;
    template += Math.abs(ofTemplate);
    trained += Math.abs(ofTrained);
  }
  return trained > 0 ? template / trained : 1;
}

function judge(trials: readonly FusionTrial[], mix: Mix): { loss: number; accuracy: number } {
  let right = 0;
  let loss = 0;
  let count = 0;
  for (const { phraseId, template, trained } of trials) {
    const margin = marginOf(phraseId, fuse(template, trained, mix), Math.log);
    if (margin === undefined) continue;
    count += 1;
    if (margin > 0) right += 1;
    loss += Math.log1p(Math.exp(-margin / ((1 + mix.weight) * MARGIN_SLOPE)));
  }
  return count === 0 ? { loss: 0, accuracy: 0 } : { loss: loss / count, accuracy: right / count };
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
