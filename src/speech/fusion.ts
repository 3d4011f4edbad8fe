import type { PhraseId } from '../core/ids';

/** How the trained scorer is mixed into the template distances. */
export interface Fusion {
  /** Weight of the trained scorer in [0, 1]; 0 when it does not help, or there is none. */
  readonly weight: number;
  /** Brings the trained scorer's distances onto the scale of the template's. */
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

const WEIGHTS = [0.2, 0.35, 0.5, 0.65, 0.8];

/**
 * Chooses the weight of a trained scorer by leave-one-out: the one that names most takes right, and
 * among equals the one that keeps right and wrong phrases farthest apart. It has to name more takes right
 * or leave a clearly wider gap; otherwise templates decide alone.
 */
export function chooseFusion(trials: readonly FusionTrial[]): Fusion {
  const scale = scaleOf(trials);
  const alone = { weight: 0, scale };
  const base = qualityOf(trials, alone);
  let best = { fusion: alone, quality: base };
  if (trials.some(({ trained }) => trained !== undefined)) {
    for (const weight of WEIGHTS) {
      const fusion = { weight, scale };
      const quality = qualityOf(trials, fusion);
      const isBetter =
        quality.accuracy > best.quality.accuracy ||
        (quality.accuracy === best.quality.accuracy && quality.gap > best.quality.gap * 1.05);
      if (isBetter) best = { fusion, quality };
    }
  }
  return { ...best.fusion, templateAccuracy: base.accuracy, fusedAccuracy: best.quality.accuracy };
}

/** Weighted sum of both scorers' distances, on the template's scale. Phrases only one knows keep its view. */
export function fuse(
  template: ReadonlyMap<PhraseId, number>,
  trained: ReadonlyMap<PhraseId, number> | undefined,
  { weight, scale }: Pick<Fusion, 'weight' | 'scale'>,
): ReadonlyMap<PhraseId, number> {
  if (weight === 0 || trained === undefined) return template;
  const fused = new Map<PhraseId, number>();
  for (const [phraseId, distance] of template) {
    const opinion = trained.get(phraseId);
    fused.set(
      phraseId,
      opinion === undefined ? distance : (1 - weight) * distance + weight * scale * opinion,
    );
  }
  return fused;
}

function scaleOf(trials: readonly FusionTrial[]): number {
  let template = 0;
  let trained = 0;
  for (const trial of trials) {
    for (const [phraseId, opinion] of trial.trained ?? []) {
      template += trial.template.get(phraseId) ?? 0;
      trained += opinion;
    }
  }
  return trained > 0 ? template / trained : 1;
}

function qualityOf(
  trials: readonly FusionTrial[],
  fusion: Pick<Fusion, 'weight' | 'scale'>,
): { accuracy: number; gap: number } {
  let right = 0;
  let gap = 0;
  let count = 0;
  for (const { phraseId, template, trained } of trials) {
    const own = template.has(phraseId) ? fuse(template, trained, fusion) : undefined;
    if (own === undefined) continue;
    let nearestOther = Number.POSITIVE_INFINITY;
    for (const [other, distance] of own) {
      if (other !== phraseId && distance < nearestOther) nearestOther = distance;
    }
    if (!Number.isFinite(nearestOther)) continue;
    const ownDistance = own.get(phraseId) as number;
    count += 1;
    if (ownDistance < nearestOther) right += 1;
    gap += Math.log(nearestOther / ownDistance);
  }
  return count === 0 ? { accuracy: 0, gap: 0 } : { accuracy: right / count, gap: gap / count };
}
