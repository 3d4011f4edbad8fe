import type { PhraseId, TakeId } from '../../src/core/ids';
import type { UtteranceFeatures } from '../../src/features/utterance-features';
import type { FalseTriggerBudget } from '../../src/speech/recognition/false-trigger-budget';
import { PhraseRecogniser } from '../../src/speech/recognition/phrase-recogniser';
import type { Exemplar } from '../../src/speech/recognition/scorer';
import { PairMemory } from '../../src/speech/templates/remembering-matcher';
import type { Matcher } from '../../src/speech/templates/template-matcher';
import { FrameDistance } from './mfcc-dtw';
import type { TunedBy } from './tuning';

export interface EnrolledClip {
  readonly id: string;
  readonly word: string;
  readonly features: UtteranceFeatures;
}

export interface Verdict {
  readonly word: string | undefined;
  /** Higher is surer. */
  readonly score: number;
  readonly isAccepted: boolean;
}

/** What was made of some enrolled clips. */
export interface Enrolment {
  recognise(features: UtteranceFeatures): Verdict;
  /** Say of the encoder tuned to the takes, 0 to 1; absent where there were too few. */
  readonly tunedWeight?: number;
  /** From now on with this budget; returns the share of right utterances that is expected to be missed. */
  readonly useBudget?: (budget: FalseTriggerBudget) => number;
}

/** What is under test: given enrolled clips, names others. */
export interface BenchScorer {
  readonly name: string;
  /** Whether `isAccepted` says anything. */
  readonly hasThreshold: boolean;
  enrol(clips: readonly EnrolledClip[]): Promise<Enrolment>;
}

/** The recogniser of the app, as the app uses it: templates, encoder, and the tuned encoder as far as leave-one-out trusts it. */
export function appScorer(matcher: Matcher, tunedBy: TunedBy): BenchScorer {
  return recogniserScorer('app', matcher, tunedBy);
}

/** The recogniser of the app where it has templates only: no encoder. */
export function templatesScorer(matcher: Matcher): BenchScorer {
  const scorer = recogniserScorer('templates', matcher, async () => undefined);
  const plain = ({ logMel, mfcc }: UtteranceFeatures): UtteranceFeatures => ({ logMel, mfcc });
  return {
    ...scorer,
    async enrol(clips) {
      const { recognise } = await scorer.enrol(
        clips.map((clip) => ({ ...clip, features: plain(clip.features) })),
      );
      return { recognise: (features) => recognise(plain(features)) };
    },
  };
}

/** @param matcher the app's own, or one that remembers what it compared in an earlier draw */
function recogniserScorer(name: string, matcher: Matcher, tunedBy: TunedBy): BenchScorer {
  return {
    name,
    hasThreshold: true,
    async enrol(clips) {
      const recogniser = new PhraseRecogniser(matcher);
      const exemplars = clips.map(
        ({ id, word, features }): Exemplar => ({
          takeId: id as TakeId,
          phraseId: word as PhraseId,
          features,
        }),
      );
      for (const exemplar of exemplars) recogniser.enrol(exemplar);
      const tuned = await tunedBy(exemplars);
      recogniser.useTrained(tuned);
      const recognise = (features: UtteranceFeatures): Verdict => {
        const { candidates, outcome } = recogniser.recognise(features);
        const [best] = candidates;
        return {
          word: best?.phraseId,
          score: best === undefined ? 0 : Math.log(best.threshold / best.distance),
          isAccepted: outcome === 'accepted',
        };
      };
      const useBudget = (budget: FalseTriggerBudget): number => {
        recogniser.useBudget(budget);
        return recogniser.budgetCosts()?.[budget] ?? 0;
      };
      return tuned === undefined
        ? { recognise, useBudget }
        : { recognise, useBudget, tunedWeight: recogniser.fusion.weight };
    },
  };
}

/** 13 MFCC and their derivatives, dynamic time warping, nearest take; no threshold of its own. */
export function mfccDtwScorer(distance: (a: UtteranceFeatures, b: UtteranceFeatures) => number): BenchScorer {
  return {
    name: 'mfcc-dtw',
    hasThreshold: false,
    enrol: async (clips) => ({
      recognise(features) {
        let best: Verdict = { word: undefined, score: Number.NEGATIVE_INFINITY, isAccepted: true };
        for (const clip of clips) {
          const score = -distance(features, clip.features);
          if (score > best.score) best = { word: clip.word, score, isAccepted: true };
        }
        return best;
      },
    }),
  };
}

export function rememberingFrameDistance(): (a: UtteranceFeatures, b: UtteranceFeatures) => number {
  const distance = new FrameDistance();
  const memory = new PairMemory<UtteranceFeatures>();
  return (a, b) => memory.get(a, b, () => distance.between(a, b));
}
