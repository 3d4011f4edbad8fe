import * as v from 'valibot';
import type { JsonObject } from '../../core/json';
import { wordsOf } from './text-features';

/** A text as it is stored and asked about. */
export const ShortTextSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
export const IntentNameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(120));

const CandidateSchema = v.object({
  intent: IntentNameSchema,
  /** What it is called: as good as one example each. */
  texts: v.pipe(v.array(ShortTextSchema), v.maxLength(20)),
});
const AskedSchema = v.looseObject({
  text: ShortTextSchema,
  /** What may be meant; everything there are examples of when left out. */
  candidates: v.optional(v.pipe(v.array(CandidateSchema), v.maxLength(1_000))),
});

/** What learners of texts are asked, and what they learn from. */
export type AskedText = v.InferOutput<typeof AskedSchema>;

/** `undefined` for what is no question, or has no word in it. */
export function askedText(content: JsonObject): AskedText | undefined {
  const parsed = v.safeParse(AskedSchema, content);
  return parsed.success && wordsOf(parsed.output.text).length > 0 ? parsed.output : undefined;
}

/** What was meant, as `typed-command` data says it. */
export function intentIn(content: JsonObject): string | undefined {
  const parsed = v.safeParse(IntentNameSchema, content['intent']);
  return parsed.success ? parsed.output : undefined;
}
