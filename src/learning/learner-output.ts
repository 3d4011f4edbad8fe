import { canonicalJson, isJsonObject, type JsonObject } from '../core/json';
import type { Prediction } from './learner';
import { LearningFailure } from './learning-failure';
import type { LearnerState } from './observation';

/**
 * A copy of what a learner says.
 *
 * @throws LearningFailure when it is not plain JSON: it could not be stored, sent or shown
 */
export function plainJson(value: JsonObject, what: string): JsonObject {
  if (isJsonObject(value)) return canonicalJson(value);
  throw new LearningFailure({ kind: 'failed', detail: `${what} must be plain JSON with finite numbers` });
}

/** @throws LearningFailure when it is no number in [0, 1] */
export function checkedConfidence(confidence: number): number {
  if (confidence >= 0 && confidence <= 1) return confidence;
  throw new LearningFailure({ kind: 'failed', detail: `a confidence of ${confidence} is not in [0, 1]` });
}

export function checkedPrediction({ value, confidence }: Prediction): Prediction {
  return { value: plainJson(value, 'a prediction'), confidence: checkedConfidence(confidence) };
}

/** All of it: what the learner refers to may change afterwards. */
export function copiedState({ state, weights }: LearnerState): LearnerState {
  const copy = plainJson(state, 'the state');
  return weights === undefined ? { state: copy } : { state: copy, weights: weights.slice() };
}
