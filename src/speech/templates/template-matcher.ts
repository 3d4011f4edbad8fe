import type { FrameSequence, UtteranceFeatures } from '../../features/utterance-features';
import {
  defaultMatchingFrames,
  type MatchingFrames,
  type MatchingFramesOptions,
  matchingFramesOf,
  poolFrames,
} from './matching-frames';
import { defaultTimeWarping, TimeWarper, type TimeWarpingOptions } from './time-warping';

/** The same utterance twice: coarse frames to find candidates by, fine ones to decide. */
export interface MatchingView {
  readonly fine: MatchingFrames;
  readonly coarse: MatchingFrames;
}

/** Compares two utterances. Symmetric, and a function of these two alone. */
export interface Matcher {
  viewOf(features: UtteranceFeatures): MatchingView;
  coarse(a: MatchingView, b: MatchingView): number;
  fine(a: MatchingView, b: MatchingView): number;
}

/** Fine frames in a coarse one, which then is 60 ms. */
const COARSE_GROUP = 3;
/** Coarse frames are averages and lie closer together: this brings their distances onto the fine scale. */
const COARSE_TO_FINE = 1.25;
/** Nobody says the same word this many times slower; such pairs are not even aligned finely. */
const MOST_STRETCH = 2.5;

/** The matcher the app uses, with the views of live utterances kept as long as their features live. */
export class TemplateMatcher implements Matcher {
  readonly #views = new WeakMap<FrameSequence, MatchingView>();
  readonly #frames: MatchingFramesOptions;
  readonly #warper: TimeWarper;

  constructor(
    frames: MatchingFramesOptions = defaultMatchingFrames,
    warping: TimeWarpingOptions = defaultTimeWarping,
  ) {
    this.#frames = frames;
    this.#warper = new TimeWarper(warping);
  }

  viewOf(features: UtteranceFeatures): MatchingView {
    let view = this.#views.get(features.logMel);
    if (view === undefined) {
      const fine = matchingFramesOf(features, this.#frames);
      view = { fine, coarse: poolFrames(fine, COARSE_GROUP) };
      this.#views.set(features.logMel, view);
    }
    return view;
  }

  coarse(a: MatchingView, b: MatchingView): number {
    return COARSE_TO_FINE * this.#warper.distance(a.coarse, b.coarse);
  }

  fine(a: MatchingView, b: MatchingView): number {
    const shorter = Math.min(a.fine.frameCount, b.fine.frameCount);
    const longer = Math.max(a.fine.frameCount, b.fine.frameCount);
    return longer > MOST_STRETCH * shorter ? this.coarse(a, b) : this.#warper.distance(a.fine, b.fine);
  }
}
