import type { UserId } from '../core/ids';
import type { JsonObject } from '../core/json';
import type { EpochMs } from '../core/units';

/** What a learner makes features of: what happened, and when. Never what came of it. */
export interface Observation {
  /** A copy, with the members of every object in alphabetical order. */
  readonly content: JsonObject;
  /** When it happened; for a prediction, now. */
  readonly at: EpochMs;
}

/** One thing to learn from. */
export interface LearningItem<Features, Target> {
  readonly features: Features;
  /** What is to be expected of such features. */
  readonly target: Target;
  readonly userId: UserId;
  readonly at: EpochMs;
  /** How far it can be relied on, in [0, 1]. */
  readonly qualityScore: number;
}

/** Everything a learner knows; `weights` for what is too much for JSON. */
export interface LearnerState {
  readonly state: JsonObject;
  readonly weights?: Uint8Array<ArrayBuffer>;
}
