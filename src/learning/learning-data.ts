import * as v from 'valibot';
import { isId, type LearningDataId, type UserId } from '../core/ids';
import { isJsonObject, type JsonObject } from '../core/json';
import { DataPrivacyLevelSchema } from './data-privacy-level';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/**
 * One thing that happened and can be learnt from. The one record that may have any content, so that a learner
 * of a third party needs no table of its own.
 */
export const LearningDataSchema = v.object({
  id: v.custom<LearningDataId>(isId),
  /** The person it is about. */
  userId: v.custom<UserId>(isId),
  /** The part of the system that observed it, such as `conversation`. */
  agentId: name,
  /** From opening the app to closing it; groups what belongs together. */
  sessionId: v.optional(name),
  /** What kind of observation, such as `user-interaction`; a learner asks for some kinds only. */
  dataType: name,
  content: v.custom<JsonObject>(isJsonObject, 'must be a plain JSON object with finite numbers'),
  privacyLevel: DataPrivacyLevelSchema,
  /** How far it can be relied on, in [0, 1]. */
  qualityScore: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Milliseconds since 1970 (UTC). */
  createdAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

export type LearningData = v.InferOutput<typeof LearningDataSchema>;
