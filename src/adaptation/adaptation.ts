import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../core/json';
import { MeasuredEffectSchema, MetricSchema } from './measured-effect';

/** What a strategy is after. */
export const ADAPTATION_TYPES = [
  'performance-optimization',
  'response-style',
  'listening',
  'asking',
  'storage-and-battery',
] as const;
export type AdaptationType = (typeof ADAPTATION_TYPES)[number];

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
const epoch = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const json = v.custom<JsonObject>(isJsonObject, 'a plain JSON object with finite numbers');
const number = v.pipe(v.number(), v.finite());

/** Why something is changed: a kind that the interface has words for, and the figures those words need. */
export const ReasonSchema = v.strictObject({
  kind: name,
  evidence: v.record(name, v.union([number, v.pipe(v.string(), v.maxLength(120))])),
});
export type Reason = v.InferOutput<typeof ReasonSchema>;

export const AppliedActionSchema = v.strictObject({
  /** In the strategy's own terms, such as `cache-optimization`. */
  kind: name,
  parameters: json,
  /** How much better things are hoped to become, in [0, 1]. */
  expectedImpact: number,
  /** What it changes, such as `recognition.falseTriggers`; one change to a setting at a time. */
  setting: v.optional(name),
  reason: v.optional(ReasonSchema),
  /** What shows whether it helped; without it nothing is measured, and nothing taken back by itself. */
  metric: v.optional(MetricSchema),
  /** What was in force before: enough for the strategy to take the action back. */
  before: json,
  after: json,
});
export type AppliedAction = Readonly<v.InferOutput<typeof AppliedActionSchema>>;

export const AdaptationStateSchema = v.variant('kind', [
  /** In force, and watched: so many looks were taken. */
  v.strictObject({ kind: v.literal('measuring'), looks: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  v.strictObject({
    kind: v.literal('in-force'),
    verdict: v.picklist(['helped', 'no-difference', 'not-measured']),
  }),
  v.strictObject({ kind: v.literal('reverted'), at: epoch, by: v.picklist(['person', 'hurt', 'no-better']) }),
  /** The person chose something else; theirs holds, and there is nothing left to take back. */
  v.strictObject({ kind: v.literal('overruled'), at: epoch }),
]);
export type AdaptationState = Readonly<v.InferOutput<typeof AdaptationStateSchema>>;

export const AdaptationSchema = v.strictObject({
  id: name,
  strategy: name,
  type: v.picklist(ADAPTATION_TYPES),
  at: epoch,
  /** How far the strategy applied, in [0, 1]. */
  applicability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  action: AppliedActionSchema,
  state: AdaptationStateSchema,
  /** As far as it was measured. */
  effect: v.optional(MeasuredEffectSchema),
});

/** One thing Echo changed about itself, why, what came of it, and whether it still holds. */
export type Adaptation = Readonly<v.InferOutput<typeof AdaptationSchema>>;

export const isInForce = ({ state }: Pick<Adaptation, 'state'>): boolean =>
  state.kind === 'measuring' || state.kind === 'in-force';

const DeclinedSchema = v.strictObject({
  setting: name,
  kind: name,
  at: epoch,
  by: v.picklist(['person', 'measure']),
});
/** A kind of change that did not do, and who said so. */
export type Declined = Readonly<v.InferOutput<typeof DeclinedSchema>>;

export const MOST_ADAPTATIONS = 100;

/** All that has to survive a reload and a lock. */
export const AdaptationLedgerSchema = v.strictObject({
  version: v.literal(1),
  /** Newest first. */
  adaptations: v.pipe(v.array(AdaptationSchema), v.maxLength(MOST_ADAPTATIONS)),
  declined: v.pipe(v.array(DeclinedSchema), v.maxLength(500)),
  /** Settings the person chose themself: adaptation leaves them alone. */
  kept: v.pipe(v.array(name), v.maxLength(200)),
});
export type AdaptationLedger = Readonly<v.InferOutput<typeof AdaptationLedgerSchema>>;
