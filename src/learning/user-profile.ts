import * as v from 'valibot';
import { isId, type UserId } from '../core/ids';
import { isJsonObject, type JsonObject } from '../core/json';

const epoch = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A person as this device knows them. Kept in their own vault space. */
export const UserProfileSchema = v.object({
  id: v.custom<UserId>(isId),
  /** Empty for somebody who has not told it. */
  name: v.pipe(v.string(), v.trim(), v.maxLength(80)),
  /** What they chose or Echo learnt about how they like things, such as `{ "language": "en" }`. */
  preferences: v.custom<JsonObject>(isJsonObject),
  createdAt: epoch,
  updatedAt: epoch,
});

export type UserProfile = v.InferOutput<typeof UserProfileSchema>;
