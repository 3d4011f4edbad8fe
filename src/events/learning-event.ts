import * as v from 'valibot';
import { deepFreeze } from '../core/deep-freeze';
import { type EventId, isId } from '../core/ids';
import { err, ok, type Result } from '../core/result';
import { type EpochMs, epochMs } from '../core/units';
import {
  eventPayloadSchemas,
  type LearningEventType,
  learningEventTypes,
  type PayloadOf,
} from './event-payloads';

interface LearningEventOf<Type extends LearningEventType> {
  readonly id: EventId;
  readonly type: Type;
  readonly at: EpochMs;
  /** Who emitted it, such as `conversation`. */
  readonly source: string;
  readonly payload: PayloadOf<Type>;
}

export type LearningEventMap = { readonly [Type in LearningEventType]: LearningEventOf<Type> };

/** Something that happened to what Echo learns; a union on `type`, which says what `payload` is. */
export type LearningEvent<Type extends LearningEventType = LearningEventType> = LearningEventMap[Type];

const EnvelopeSchema = v.strictObject({
  id: v.custom<EventId>(isId, 'must be an id'),
  type: v.picklist(learningEventTypes),
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  source: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  payload: v.unknown(),
});

/** Reads an event that came from another thread, and freezes it. The error says what is wrong, and where. */
export function parseLearningEvent(value: unknown): Result<LearningEvent, string> {
  const envelope = v.safeParse(EnvelopeSchema, value);
  if (!envelope.success) return err(describeIssues(envelope.issues));
  const { type } = envelope.output;
  const payload = v.safeParse(eventPayloadSchemas[type], envelope.output.payload);
  if (!payload.success) return err(`${type}: ${describeIssues(payload.issues)}`);
  // The compiler cannot follow that the schema just used is the one `type` names.
  const event = { ...envelope.output, at: epochMs(envelope.output.at), payload: payload.output };
  return ok(deepFreeze(event) as LearningEvent);
}

/** Where the first thing wrong is, and what was expected there. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  const [first] = issues;
  if (first === undefined) return 'invalid';
  const path = v.getDotPath(first);
  return path === null ? first.message : `${path}: ${first.message}`;
}
