import * as v from 'valibot';
import { isId, type UserId } from '../core/ids';
import { isJsonObject, isJsonValue, type JsonObject, type JsonValue } from '../core/json';

/**
 * What each type of event carries. Plain JSON, because events cross threads, and ids rather than rows, because
 * whoever wants the row asks the vault.
 */

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const durationMs = v.pipe(v.number(), v.finite(), v.minValue(0));
const userId = v.custom<UserId>(isId, 'must be a user id');
const json = v.custom<JsonObject>(isJsonObject, 'must be a plain JSON object with finite numbers');
const jsonValue = v.custom<JsonValue>((value) => isJsonValue(value), 'must be plain JSON');
const mode = v.picklist(['online', 'batch']);

const alert = v.strictObject({
  alert: name,
  metric: name,
  value: number,
  threshold: number,
  severity: v.picklist(['warning', 'critical']),
});

export const eventPayloadSchemas = {
  /** Somebody asked for something, and it is known how that went. */
  'user-interaction': v.strictObject({
    userId,
    agentId: name,
    sessionId: v.optional(name),
    /** What kind of thing was asked, such as `voice-command`. */
    interactionType: name,
    result: v.picklist(['success', 'failure']),
    /** How content the person was, as far as it is known. */
    satisfaction: v.optional(share),
    durationMs: v.optional(durationMs),
    /** Whatever else is worth learning from. */
    content: json,
  }),
  /** A learner was given data; `success` says whether it learnt from it. */
  'learning-completed': v.strictObject({
    userId,
    learnerId: name,
    learnerType: name,
    mode,
    success: v.boolean(),
    samples: count,
    confidence: share,
    durationMs,
    insights: json,
    /** Kind of the learner's error when it did not learn. */
    errorKind: v.optional(name),
  }),
  'user-pattern-detected': v.strictObject({
    userId,
    learnerId: name,
    pattern: name,
    confidence: share,
    detail: json,
  }),
  /** What a learner knows was stored anew. */
  'model-updated': v.strictObject({
    userId,
    learnerId: name,
    learnerType: name,
    version: count,
    sizeBytes: count,
  }),
  /** The person said what it should have been. */
  'correction-received': v.strictObject({
    userId,
    /** Id of what was corrected. */
    subjectId: name,
    before: json,
    after: json,
  }),
  'adaptation-applied': v.strictObject({
    userId,
    strategy: name,
    adaptationType: name,
    applied: count,
    failed: count,
    totalImpact: number,
    detail: json,
  }),
  /** An adaptation was taken back, by the person or because it measured worse than none. */
  'adaptation-ended': v.strictObject({
    userId,
    strategy: name,
    /** In the strategy's own terms. */
    action: name,
    by: v.picklist(['person', 'hurt', 'no-better']),
  }),
  'insights-generated': v.strictObject({
    userId,
    learnerId: v.optional(name),
    insights: json,
  }),
  'data-stored': v.strictObject({
    userId,
    records: count,
    dataTypes: v.array(name),
  }),
  'data-forgotten': v.strictObject({
    /** Left out when it was about more than one person. */
    userId: v.optional(userId),
    records: count,
    reason: v.picklist(['asked', 'retention', 'person-removed']),
  }),
  'handler-failed': v.strictObject({
    handler: v.string(),
    eventId: v.string(),
    eventType: v.string(),
    reason: v.picklist(['threw', 'timed-out', 'overflowed']),
    detail: v.string(),
  }),
  'alert-raised': alert,
  'alert-cleared': alert,
  'config-changed': v.strictObject({
    /** Dotted, such as `learning.learners`. */
    path: v.string(),
    /** `null` where there was, or is, nothing. */
    before: jsonValue,
    after: jsonValue,
  }),
  'vault-opened': v.strictObject({ protection: v.picklist(['convenience', 'passphrase']) }),
  /** `reason`: such as `asked`, `idle`, `hidden`. */
  'vault-locked': v.strictObject({ reason: name }),
} as const;

export type LearningEventType = keyof typeof eventPayloadSchemas;
export type PayloadOf<Type extends LearningEventType> = v.InferOutput<(typeof eventPayloadSchemas)[Type]>;

export const learningEventTypes = Object.keys(eventPayloadSchemas) as readonly LearningEventType[];
