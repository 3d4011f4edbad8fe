import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import type { MatchingFrames } from '../templates/matching-frames';
import { TimeWarper } from '../templates/time-warping';
import { medianOf, robustDeviationOf } from '../voice/robust-statistics';
import { alignWithMedoid, type MedoidAlignment, SEGMENT_COUNT } from './medoid-alignment';
import { inOrder, medoidOf, type PronouncedTake } from './phrase-medoid';
import { splitVariants, type VariantSplit } from './variants';

/** One part of a phrase, next to its other parts and to all parts of all phrases of this person. */
export interface SegmentPattern {
  /** Typical distance of the takes to the medoid in this part. */
  readonly spread: number;
  readonly steadiness: 'steady' | 'usual' | 'unsteady';
}

/** How this person says one phrase. */
export interface PhrasePattern extends VariantSplit {
  readonly phraseId: PhraseId;
  readonly takeCount: number;
  readonly medoid: TakeId;
  /** From the beginning to the end; empty with fewer than three takes of the main variant, or too little speech. */
  readonly segments: readonly SegmentPattern[];
  /** How much the pace varies between takes, as a share; `undefined` with fewer than three takes. */
  readonly paceVariation: number | undefined;
}

const LEAST_TAKES = 3;
/** Beyond this many deviations of all parts of all phrases: one part in twenty, either way. */
const UNUSUAL_DEVIATIONS = 1.65;
/** Natural log of spread; what varies less than this from part to part is no news. */
const LEAST_DEVIATION = 0.2;

/** More than the other parts of the same phrase, by this factor. */
const UNSTEADY_FACTOR = 1.3;

interface Measured {
  readonly phraseId: PhraseId;
  readonly takeCount: number;
  readonly split: VariantSplit;
  readonly medoid: TakeId;
  readonly spreads: readonly number[];
  readonly paceVariation: number | undefined;
}

/**
 * How one person says each of their phrases: variants, steady and unsteady parts, pace. Everything is judged by the spread of
 * their own takes, never by a norm: however somebody speaks, that is how they speak. A function of the takes enrolled, so a
 * removed one leaves no trace.
 *
 * @example
 * const patterns = new PronunciationPatterns();
 * patterns.enrol({ takeId, phraseId, frames: matcher.viewOf(features).fine });
 * patterns.all(); // [{ phraseId, variants: [{ … }], segments: [ … ], paceVariation: 0.08 }]
 */
export class PronunciationPatterns {
  readonly #takes = new Map<TakeId, PronouncedTake>();
  /** Kept because medoids, variants and segments ask for the same distances, and so does the next question. */
  readonly #distances = new Map<TakeId, Map<TakeId, number>>();
  readonly #warper = new TimeWarper();

  /** The frames are kept, not copied. */
  enrol(take: PronouncedTake): void {
    assert(!this.#takes.has(take.takeId), 'a take is enrolled once', take.takeId);
    this.#takes.set(take.takeId, take);
    this.#distances.set(take.takeId, new Map());
  }

  /** Unknown ids are ignored. */
  remove(takeId: TakeId): void {
    this.#takes.delete(takeId);
    this.#distances.delete(takeId);
    for (const row of this.#distances.values()) row.delete(takeId);
  }

  removePhrase(phraseId: PhraseId): void {
    for (const take of this.#ofPhrase(phraseId)) this.remove(take.takeId);
  }

  /** Every phrase that has takes, by id. */
  all(): readonly PhrasePattern[] {
    const phraseIds = [...new Set([...this.#takes.values()].map(({ phraseId }) => phraseId))].sort();
    const measured = phraseIds.flatMap((phraseId) => this.#measure(phraseId) ?? []);
    const logs = measured.flatMap(({ spreads }) => spreads.map(logOf));
    const middle = medianOf(logs);
    const deviation = Math.max(LEAST_DEVIATION, robustDeviationOf(logs));
    const steadinessOf = (spread: number, ofPhrase: number): SegmentPattern['steadiness'] => {
      const unusual = (logOf(spread) - middle) / deviation;
      if (Math.abs(unusual) <= UNUSUAL_DEVIATIONS) return 'usual';
      if (unusual < 0) return 'steady';
      // A phrase that varies from end to end has no unsteady part.
      return spread > UNSTEADY_FACTOR * ofPhrase ? 'unsteady' : 'usual';
    };
    return measured.map(({ split, spreads, ...rest }) => ({
      ...rest,
      ...split,
      segments: spreads.map((spread) => ({ spread, steadiness: steadinessOf(spread, medianOf(spreads)) })),
    }));
  }

  /**
   * How an utterance lies on the nearest variant of a phrase.
   *
   * @param frames `TemplateMatcher.viewOf(features).fine`
   * @returns `undefined` for a phrase that is not known, or with too little speech
   */
  align(phraseId: PhraseId, frames: MatchingFrames): MedoidAlignment | undefined {
    const split = splitVariants(this.#ofPhrase(phraseId), this.#distance);
    let nearest: { frames: MatchingFrames; distance: number } | undefined;
    for (const { medoid } of split.variants) {
      const take = this.#takes.get(medoid);
      const distance = take && this.#warper.distance(take.frames, frames);
      if (take !== undefined && distance !== undefined && !(nearest && nearest.distance <= distance))
        nearest = { frames: take.frames, distance };
    }
    return nearest && alignWithMedoid(nearest.frames, frames, this.#warper);
  }

  readonly #distance = (a: PronouncedTake, b: PronouncedTake): number => {
    const row = this.#distances.get(a.takeId);
    const known = row?.get(b.takeId);
    if (known !== undefined) return known;
    const distance = this.#warper.distance(a.frames, b.frames);
    row?.set(b.takeId, distance);
    this.#distances.get(b.takeId)?.set(a.takeId, distance);
    return distance;
  };

  #ofPhrase(phraseId: PhraseId): readonly PronouncedTake[] {
    return inOrder([...this.#takes.values()].filter((take) => take.phraseId === phraseId));
  }

  /** Of the main variant: another way of saying it is no unsteadiness. */
  #measure(phraseId: PhraseId): Measured | undefined {
    const takes = this.#ofPhrase(phraseId);
    const split = splitVariants(takes, this.#distance);
    const main = takes.filter(({ takeId }) => split.variants[0]?.takes.includes(takeId) ?? false);
    const medoid = medoidOf(main, this.#distance);
    if (medoid === undefined) return undefined;
    const alignments = main.flatMap((take) =>
      take === medoid ? [] : (alignWithMedoid(medoid.frames, take.frames, this.#warper) ?? []),
    );
    const isEnough = alignments.length >= LEAST_TAKES - 1;
    return {
      phraseId,
      takeCount: takes.length,
      split,
      medoid: medoid.takeId,
      spreads: isEnough
        ? Array.from({ length: SEGMENT_COUNT }, (_, segment) =>
            medianOf(alignments.map(({ segmentCosts }) => segmentCosts[segment] as number)),
          )
        : [],
      paceVariation: isEnough
        ? robustDeviationOf([0, ...alignments.map(({ rate }) => Math.log(rate))])
        : undefined,
    };
  }
}

/** Two copies of one recording do not differ at all, and nothing has no logarithm. */
const logOf = (spread: number): number => Math.log(Math.max(spread, 1e-3));
