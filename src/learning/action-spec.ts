import * as v from 'valibot';

/**
 * What a person attaches to a phrase. Plain data: how each kind is carried out lives in `actions/`.
 * Every kind is undoable or harmless, except `webhook` and `link`, which reach outside.
 */
export const SingleActionSchema = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('speak'), text: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)) }),
  /** Empty `text` keeps the phrase's own name as the note. */
  v.object({ kind: v.literal('note'), text: v.pipe(v.string(), v.maxLength(2000)) }),
  v.object({
    kind: v.literal('timer'),
    label: v.pipe(v.string(), v.maxLength(200)),
    durationSeconds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400)),
  }),
  /** Rings at the next time the local clock shows `timeOfDay` (24 h, HH:MM). */
  v.object({
    kind: v.literal('alarm'),
    label: v.pipe(v.string(), v.maxLength(200)),
    timeOfDay: v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  }),
  v.object({ kind: v.literal('link'), url: v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//)) }),
  v.object({ kind: v.literal('copy'), text: v.pipe(v.string(), v.minLength(1), v.maxLength(20_000)) }),
  v.object({
    kind: v.literal('webhook'),
    url: v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//)),
    method: v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    /** JSON text, sent as it stands; empty for none. */
    body: v.pipe(v.string(), v.maxLength(20_000)),
  }),
]);

/** More steps than this are hard to keep in mind, and to take back. */
export const MOST_STEPS = 6;

/** One action, or several one after another. */
export const ActionSpecSchema = v.variant('kind', [
  SingleActionSchema,
  v.object({
    kind: v.literal('sequence'),
    steps: v.pipe(v.array(SingleActionSchema), v.minLength(1), v.maxLength(MOST_STEPS)),
  }),
]);

export type SingleAction = v.InferOutput<typeof SingleActionSchema>;
export type ActionSpec = v.InferOutput<typeof ActionSpecSchema>;
export type ActionKind = ActionSpec['kind'];
