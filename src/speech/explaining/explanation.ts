import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Candidate, Recognition, RecognitionOutcome } from '../../learning/recognition';
import type { Interaction } from '../../learning/records';
import type { LearntTake } from '../teaching/take-library';
import { type Alignment, align } from './alignment';
import { type ComparedFrames, comparedFramesOf } from './compared-frames';
import { type SegmentSay, sayOf, sharedOut } from './deciding';
import { type ExplanationSummary, summarise } from './explanation-summary';
import { segmentsOf } from './segments';
import { columnsBeside, pickColumns, type Spectrogram, spectrogramOf } from './spectrogram';

/** The recording of a phrase that an utterance was nearest to, laid out on the time of the utterance. */
export interface ComparedTake {
  readonly phraseId: PhraseId;
  readonly takeId: TakeId;
  readonly distance: number;
  /** For every column of the utterance the column of the take that lies beside it. */
  readonly columns: Uint16Array;
  /** The take as it lies beside the utterance: as many columns as that has. */
  readonly aligned: Spectrogram;
}

/** Why an utterance was taken for what it was. */
export interface Explanation {
  readonly utterance: Spectrogram;
  readonly winner: ComparedTake | undefined;
  readonly runnerUp: ComparedTake | undefined;
  readonly segments: readonly SegmentSay[];
  readonly summary: ExplanationSummary;
  /** As it was decided when it was heard. */
  readonly outcome: RecognitionOutcome;
  readonly winnerThen: Candidate | undefined;
  readonly runnerUpThen: Candidate | undefined;
  /** How much farther than the winner the runner-up was, as a share: 0.5 is half as far again. */
  readonly margin: number | undefined;
  readonly scorers: readonly string[];
  /** What would be decided now, after all that was learnt since. */
  readonly now: Omit<Recognition, 'decisionMs'>;
}

export interface Explained {
  readonly interaction: Interaction;
  readonly features: UtteranceFeatures;
  readonly takes: readonly LearntTake[];
  readonly now: Omit<Recognition, 'decisionMs'>;
}

/**
 * Lays an utterance beside the nearest recordings of the two phrases it was nearest to. What was decided is
 * told as it was then; the recordings are those of now, without any made from this very utterance.
 */
export function explain({ interaction, features, takes, now }: Explained): Explanation {
  const { outcome, candidates, scorers } = interaction.recognition;
  const [winnerThen, runnerUpThen] = candidates;
  const examples = takes.filter(({ take }) => take.role === 'example' && take.utteranceId !== interaction.id);
  const ofWinner = examples.filter(({ take }) => take.phraseId === winnerThen?.phraseId);
  const ofRunnerUp = examples.filter(({ take }) => take.phraseId === runnerUpThen?.phraseId);
  const [own, ...others] = comparedFramesOf([
    features,
    ...[...ofWinner, ...ofRunnerUp].map(({ exemplar }) => exemplar.features),
  ]) as [ComparedFrames, ...ComparedFrames[]];
  const winner = nearest(own, ofWinner, others.slice(0, ofWinner.length));
  const runnerUp = nearest(own, ofRunnerUp, others.slice(ofWinner.length));
  const segments = winner === undefined ? [] : segmentsOf(features.logMel, own.frameCount);
  const isUnknown = outcome === 'unknown';
  const says =
    winner === undefined
      ? []
      : sayOf(
          segments,
          own,
          winner.alignment,
          isUnknown || runnerUp === undefined
            ? sharedOut(allowedDistance(winner.alignment, winnerThen), own.weights)
            : runnerUp.alignment.costs,
          isUnknown ? -1 : 1,
        );
  const utterance = spectrogramOf(features.logMel);
  return {
    utterance,
    winner: winner && compared(winner, utterance),
    runnerUp: runnerUp && compared(runnerUp, utterance),
    segments: says,
    summary: summarise(says, outcome, runnerUp !== undefined),
    outcome,
    winnerThen,
    runnerUpThen,
    margin: winnerThen && runnerUpThen && runnerUpThen.distance / winnerThen.distance - 1,
    scorers,
    now,
  };
}

interface Nearest {
  readonly learnt: LearntTake;
  readonly alignment: Alignment;
}

function nearest(
  own: ComparedFrames,
  takes: readonly LearntTake[],
  frames: readonly ComparedFrames[],
): Nearest | undefined {
  let best: Nearest | undefined;
  for (const [index, learnt] of takes.entries()) {
    const alignment = align(own, frames[index] as ComparedFrames);
    if (alignment.distance < (best?.alignment.distance ?? Number.POSITIVE_INFINITY))
      best = { learnt, alignment };
  }
  return best;
}

/** How far this recording may be for its phrase to be accepted, on the scale of this alignment. */
function allowedDistance({ distance }: Alignment, candidate: Candidate | undefined): number {
  if (candidate === undefined || candidate.distance <= 0) return distance;
  return (distance * candidate.threshold) / candidate.distance;
}

function compared({ learnt, alignment }: Nearest, utterance: Spectrogram): ComparedTake {
  const spectrogram = spectrogramOf(learnt.exemplar.features.logMel);
  const columns = columnsBeside(alignment.partners, utterance, spectrogram);
  return {
    phraseId: learnt.take.phraseId,
    takeId: learnt.take.id,
    distance: alignment.distance,
    columns,
    aligned: pickColumns(spectrogram, columns, utterance.columnMs),
  };
}
