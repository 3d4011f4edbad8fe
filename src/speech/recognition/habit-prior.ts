import * as v from 'valibot';
import { isId, type PhraseId } from '../../core/ids';
import type { Candidate, Recognition } from '../../learning/recognition';

/** What the person is expected to say next, by their habits: ids and chances. */
export const HabitPriorSchema = v.object({
  chances: v.pipe(
    v.array(
      v.object({
        phraseId: v.custom<PhraseId>(isId),
        probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
      }),
    ),
    v.maxLength(200),
  ),
  /** Epoch milliseconds; habits at breakfast say nothing about noon. */
  expiresAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type HabitPrior = v.InferOutput<typeof HabitPriorSchema>;

/** Two distances whose natural logs differ by less are as good as the same. */
const TIE_LOG_RATIO = 0.12;
/** The favoured phrase must be expected at least this much, and this many times as much as each that it beats. */
const LEAST_PROBABILITY = 0.4;
const LEAST_RATIO = 4;

type Settled = Pick<Recognition, 'outcome' | 'candidates' | 'habit'>;

/**
 * Lets habit settle a near-tie. Only where the recogniser asks because two phrases are about as near and nothing else is
 * wrong with either: each is inside its own threshold. So habit can spare a question; it can neither turn a clear winner
 * around nor make anything accepted that does not sound like it.
 *
 * @param candidates best first, of an utterance that is too close to call
 * @returns `undefined` when habit has nothing to say
 */
export function settleByHabit(
  candidates: readonly Candidate[],
  { chances }: Pick<HabitPrior, 'chances'>,
): Settled | undefined {
  const [best] = candidates;
  if (best === undefined) return undefined;
  const tied = candidates.filter(({ distance }) => Math.log(distance / best.distance) <= TIE_LOG_RATIO);
  if (tied.length < 2 || tied.some(({ distance, threshold }) => distance > threshold)) return undefined;
  const chanceOf = (phraseId: PhraseId): number =>
    chances.find((one) => one.phraseId === phraseId)?.probability ?? 0;
  const byHabit = tied
    .map((candidate) => ({ candidate, probability: chanceOf(candidate.phraseId) }))
    .sort((a, b) => b.probability - a.probability);
  const [favoured, next] = byHabit;
  if (favoured === undefined || next === undefined) return undefined;
  const isSure =
    favoured.probability >= LEAST_PROBABILITY && favoured.probability >= LEAST_RATIO * next.probability;
  if (!isSure) return undefined;
  const { candidate, probability } = favoured;
  const beaten = candidate === best ? next.candidate : best;
  return {
    outcome: 'accepted',
    candidates: [candidate, ...candidates.filter((one) => one !== candidate)],
    habit: { over: beaten.phraseId, probability },
  };
}
