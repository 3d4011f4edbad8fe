import * as v from 'valibot';
import { isId, type PhraseId } from '../core/ids';

const score = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const CandidateSchema = v.object({
  phraseId: v.custom<PhraseId>(isId),
  /** Chance that this phrase was said, in [0, 1], calibrated on the person's own recordings. */
  confidence: score,
  /** Acoustic distance of the fused scorers; smaller is closer, `threshold` is where acceptance ends. */
  distance: v.number(),
  threshold: v.number(),
});

/**
 * What the recogniser made of one utterance.
 *
 * - `accepted`: the best phrase is inside its own threshold and clear of the runner-up.
 * - `did-you-mean`: near a threshold, or two phrases are too close to call; ask.
 * - `unknown`: nothing taught sounds like it.
 */
export const RecognitionSchema = v.object({
  outcome: v.picklist(['accepted', 'did-you-mean', 'unknown']),
  /** Best first, at most five, at most one a phrase. */
  candidates: v.array(CandidateSchema),
  /** Which scorers had a say, e.g. `['template', 'encoder']`. */
  scorers: v.array(v.string()),
  /** Whether it sounded like the person who taught the phrases; absent where nothing can be said about that. */
  voice: v.optional(
    v.object({
      band: v.picklist(['sounds-like-you', 'not-sure', 'sounds-like-somebody-else']),
      /** That it was this person, by the last few utterances together. Never a reason to open or refuse anything. */
      probability: score,
    }),
  ),
  /** Habit settled a near-tie: the first candidate was expected, `over` sounded about the same. */
  habit: v.optional(
    v.object({
      over: v.custom<PhraseId>(isId),
      /** That the first candidate would be said next, by habit alone. */
      probability: score,
    }),
  ),
  /** Time from end of speech (after the hangover) to this decision. */
  decisionMs: v.number(),
});

export type Candidate = v.InferOutput<typeof CandidateSchema>;
export type Recognition = v.InferOutput<typeof RecognitionSchema>;
export type RecognitionOutcome = Recognition['outcome'];
