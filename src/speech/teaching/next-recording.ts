import type { PhraseId } from '../../core/ids';
import { meanOf, medianOf, robustDeviationOf } from '../voice/robust-statistics';
import {
  type ErrorCurve,
  errorAtMargin,
  errorCurveOf,
  errorOnCurve,
  errorWith,
  nearestRivalOf,
  type TakeEvidence,
} from './error-curve';
import {
  type AskedCondition,
  type ConditionNeed,
  neededCondition,
  type UseEvidence,
} from './recording-condition';

/** Why this recording; for words on a screen. */
export type RecordingReason =
  | { readonly kind: 'only-one-take' }
  /** Its takes are often about as near to this other phrase. */
  | { readonly kind: 'mistaken-for'; readonly phraseId: PhraseId }
  /** Its takes are farther from each other than is usual for this person. */
  | { readonly kind: 'varies' }
  | { readonly kind: 'few-takes'; readonly takes: number }
  | { readonly kind: 'condition-missing'; readonly need: ConditionNeed };

export interface RecordingSuggestion {
  readonly phraseId: PhraseId;
  readonly condition: AskedCondition;
  /** How often the phrase is expected to be named wrong, with the takes there are and with one more; in [0, 1]. */
  readonly errorNow: number;
  readonly errorAfter: number;
  /** Share of everything the person says that would no longer be named wrong. */
  readonly expectedErrorDrop: number;
  /** Weightiest first. */
  readonly reasons: readonly RecordingReason[];
}

export interface PlanningOptions {
  /** How often each phrase is said, in any unit; all alike when left out. */
  readonly said?: ReadonlyMap<PhraseId, number>;
  /** What was said lately in everyday use, and how. Without it no condition is asked for. */
  readonly use?: readonly UseEvidence[];
}

/** A phrase keeps no more; see `take-library.ts`. */
const MOST_TAKES = 10;
/** The person's curve counts for this many takes of a phrase. */
const CURVE_TAKES = 1.5;
/** Where no phrase has two takes: how much nearer the own phrase usually is than the nearest other, natural log. */
const PRIOR_GAP = 0.4;
const PRIOR_DEVIATION = 0.25;
/** A logistic curve as wide as a normal distribution. */
const LOGISTIC_PER_DEVIATION = 0.55;
const FEW_TAKES = 3;
/** Share of a phrase's errors that one other phrase has to account for. */
const MOSTLY = 0.5;
const VARIES_BY_DEVIATIONS = 1.5;

interface Person {
  readonly curve: ErrorCurve;
  /** Log distances between two takes of a phrase. */
  readonly ownMiddle: number;
  readonly ownDeviation: number;
}

/**
 * Which single recording would help most. For each phrase: how often its takes are named wrong when left out, drawn towards
 * this person's curve of errors against takes, and from that curve what one take more is worth; times how often the phrase is
 * said. An estimate from the person's own recordings alone, ranked best first.
 *
 * @example
 * const [best] = planRecordings(gatherTakeEvidence(exemplars, leftOut, distance));
 * // { phraseId, condition: { kind: 'as-usual' }, errorNow: 0.12, errorAfter: 0.08, reasons: [{ kind: 'mistaken-for', … }] }
 */
export function planRecordings(
  evidence: readonly TakeEvidence[],
  { said, use = [] }: PlanningOptions = {},
): RecordingSuggestion[] {
  // In one order, so that sums are the same to the last bit whatever happened before.
  const takes = [...evidence].sort((a, b) => (a.takeId < b.takeId ? -1 : 1));
  const byPhrase = new Map<PhraseId, TakeEvidence[]>();
  for (const take of takes) byPhrase.set(take.phraseId, [...(byPhrase.get(take.phraseId) ?? []), take]);
  const person = personOf(takes);
  const phraseIds = [...byPhrase.keys()].sort();
  const weightOf = (phraseId: PhraseId): number =>
    Math.max(0, said === undefined ? 1 : (said.get(phraseId) ?? 0));
  const total = phraseIds.reduce((sum, phraseId) => sum + weightOf(phraseId), 0) || 1;
  const usual = takes.flatMap(({ condition }) => condition ?? []);
  return phraseIds
    .flatMap((phraseId) => {
      const own = byPhrase.get(phraseId) ?? [];
      if (own.length >= MOST_TAKES) return [];
      const need = neededCondition(
        own.flatMap(({ condition }) => condition ?? []),
        usual,
        use,
      );
      const { errorNow, errorAfter } = expectationOf(own, person);
      const suggestion: RecordingSuggestion = {
        phraseId,
        condition: need?.condition ?? { kind: 'as-usual' },
        errorNow,
        errorAfter,
        expectedErrorDrop: (weightOf(phraseId) / total) * (errorNow - errorAfter),
        reasons: [
          ...reasonsOf(own, person),
          ...(need === undefined ? [] : [{ kind: 'condition-missing', need } as const]),
        ],
      };
      return [suggestion];
    })
    .sort((a, b) => b.expectedErrorDrop - a.expectedErrorDrop || (a.phraseId < b.phraseId ? -1 : 1));
}

function personOf(takes: readonly TakeEvidence[]): Person {
  const curve = errorCurveOf(takes);
  const own = takes.flatMap(({ ownDistances }) => ownDistances.map(Math.log));
  if (own.length > 0)
    return {
      curve,
      ownMiddle: medianOf(own),
      ownDeviation: own.length < 3 ? PRIOR_DEVIATION : robustDeviationOf(own),
    };
  const rivals = takes.flatMap((take) => Math.log(nearestRivalOf(take)?.distance ?? Number.NaN));
  const known = rivals.filter(Number.isFinite);
  return {
    curve,
    ownMiddle: known.length === 0 ? 0 : meanOf(known) - PRIOR_GAP,
    ownDeviation: PRIOR_DEVIATION,
  };
}

function expectationOf(
  own: readonly TakeEvidence[],
  person: Person,
): { readonly errorNow: number; readonly errorAfter: number } {
  const { curve } = person;
  const count = own.length;
  // Left out, a take is judged by one fewer than there are; a single take has only guessed siblings.
  const judgedBy = Math.max(1, count - 1);
  const seen = meanOf(
    own.map((take) => (count > 1 ? errorWith(take, count - 1) : guessedError(take, person))),
  );
  const drawn =
    (own.length * seen + CURVE_TAKES * errorOnCurve(curve, judgedBy)) / (own.length + CURVE_TAKES);
  const errorAt = (takes: number): number => drawn * (judgedBy / takes) ** curve.exponent;
  return { errorNow: errorAt(count), errorAfter: errorAt(count + 1) };
}

/** Of another utterance of the phrase, as far from this one as this person's utterances of one phrase usually are. */
function guessedError(take: TakeEvidence, { ownMiddle, ownDeviation }: Person): number {
  const rival = nearestRivalOf(take);
  if (rival === undefined) return 0;
  const slope = LOGISTIC_PER_DEVIATION * Math.max(0.15, ownDeviation);
  return errorAtMargin(Math.log(rival.distance) - ownMiddle, slope);
}

function reasonsOf(own: readonly TakeEvidence[], person: Person): RecordingReason[] {
  const reasons: RecordingReason[] = [];
  if (own.length === 1) reasons.push({ kind: 'only-one-take' });
  const blame = new Map<PhraseId, number>();
  let errors = 0;
  for (const take of own) {
    const rival = nearestRivalOf(take);
    if (rival === undefined) continue;
    const error = own.length > 1 ? errorWith(take, own.length - 1) : guessedError(take, person);
    errors += error;
    blame.set(rival.phraseId, (blame.get(rival.phraseId) ?? 0) + error);
  }
  const [worst] = [...blame].sort((a, b) => b[1] - a[1]);
  const isOften = errors / own.length > errorOnCurve(person.curve, Math.max(1, own.length - 1));
  if (worst !== undefined && isOften && worst[1] > MOSTLY * errors)
    reasons.push({ kind: 'mistaken-for', phraseId: worst[0] });
  const distances = own.flatMap(({ ownDistances }) => ownDistances.map(Math.log));
  const varies = person.ownMiddle + VARIES_BY_DEVIATIONS * Math.max(0.1, person.ownDeviation);
  if (distances.length > 0 && medianOf(distances) > varies) reasons.push({ kind: 'varies' });
  if (own.length > 1 && own.length < FEW_TAKES) reasons.push({ kind: 'few-takes', takes: own.length });
  return reasons;
}
