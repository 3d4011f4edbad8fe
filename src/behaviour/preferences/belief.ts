import * as v from 'valibot';

/** Everything that may be believed about how somebody likes Echo to be. */
export const PREFERENCES = ['response-mode', 'speech-rate', 'voice', 'detail', 'confirmation'] as const;
export type Preference = (typeof PREFERENCES)[number];

/**
 * What a preference may be; `undefined` where it is open (a voice of this device, by its `voiceURI`).
 *
 * - `response-mode`: answers are spoken, or shown only
 * - `speech-rate`: the nearest quarter of the normal rate
 * - `detail`: how much text an answer comes with
 * - `confirmation`: carry out what is probably meant, or ask first
 */
export const PREFERENCE_VALUES: Readonly<Record<Preference, readonly string[] | undefined>> = {
  'response-mode': ['spoken', 'silent'],
  'speech-rate': ['0.5', '0.75', '1', '1.25', '1.5', '1.75', '2'],
  voice: undefined,
  detail: ['brief', 'full'],
  confirmation: ['act', 'ask'],
};

const LONGEST_VALUE = 200;

export function isPreferenceValue(preference: Preference, value: string): boolean {
  const values = PREFERENCE_VALUES[preference];
  return values === undefined
    ? value.length > 0 && value.length <= LONGEST_VALUE
    : values.some((one) => one === value);
}

/** The nearest value of `speech-rate`. */
export const rateValue = (rate: number): string =>
  String(Math.min(2, Math.max(0.5, Math.round(rate * 4) / 4)));

/** One thing that Echo believes about how somebody likes it to be. Its id is the name of the preference. */
export const BeliefSchema = v.object({
  id: v.picklist(PREFERENCES),
  preference: v.picklist(PREFERENCES),
  value: v.pipe(v.string(), v.maxLength(LONGEST_VALUE)),
  /** In [0, 1]; 1 for what the person set themselves. */
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Choices and things done that it rests on. */
  evidenceCount: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** `set`: the person said so, and nothing observed changes it. */
  source: v.picklist(['learnt', 'set']),
  /** Epoch milliseconds of the newest evidence. */
  updatedAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

export type Belief = v.InferOutput<typeof BeliefSchema>;
export type BeliefId = Belief['id'];
