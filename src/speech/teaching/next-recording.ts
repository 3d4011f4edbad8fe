import type { PhraseId } from '../../core/ids';
import { meanOf, medianOf, robustDeviationOf } from '../voice/robust-statistics';
import {
  type ErrorCurve,
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
/** The person's average counts for this many takes of a phrase. */
const AVERAGE_TAKES = 1.5;
/**
 * Log distance by which margins of one phrase differ from utterance to utterance: a take that was told apart clearly says less
 * about the next one than its margin makes believe.
 */
const RISK_SLOPE = 0.2;
/**
 * A curve tells what one take more of *every* phrase is worth. One of a single phrase is worth less, as it draws utterances
 * of its neighbours as well; a second one is not, as it is the first to be compared with another. Measured (decision 11).
 */
const SINGLE_PHRASE_SHARE = 0.3;
const MOST_ERROR = 0.95;
const FEW_TAKES = 3;
/** So near to another phrase that it is worth a word: within a fifth of its distance. */
const OFTEN = 0.25;
/** Share of a phrase's risk that one other phrase has to account for. */
const MOSTLY = 0.5;
const VARIES_BY_DEVIATIONS = 1.5;

interface Person {
  readonly curve: ErrorCurve;
  /** Log distances between two takes of a phrase; `NaN` where no phrase has two. */
  readonly ownMiddle: number;
  readonly ownDeviation: number;
}

/**
 * Which single recording would help most. For each phrase: how near its left-out takes come to being named wrong, next to all
 * phrases with as many takes; what that many takes and one more are worth on this person's curve of errors against takes; and
 * how often the phrase is said. An estimate from the person's own recordings alone, ranked best first.
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
      const { errorNow, errorAfter } = expectationOf(own, takes, person);
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
  const own = takes.flatMap(({ ownDistances }) => ownDistances.map(Math.log));
  return { curve: errorCurveOf(takes), ownMiddle: medianOf(own), ownDeviation: robustDeviationOf(own) };
}

function expectationOf(
  own: readonly TakeEvidence[],
  all: readonly TakeEvidence[],
  { curve }: Person,
): { readonly errorNow: number; readonly errorAfter: number } {
  const count = own.length;
  const errorNow = Math.min(MOST_ERROR, errorOnCurve(curve, count) * relativeRisk(own, all));
  const ofAll = 1 - (count / (count + 1)) ** curve.exponent;
  const share = (count === 1 ? 1 : SINGLE_PHRASE_SHARE) * ofAll;
  return { errorNow, errorAfter: errorNow * (1 - share) };
}

/**
 * Next to the other phrases. A single take has no sibling to be judged by: guessing its risk from the other phrases alone chose
 * worse than chance (decision 11), so phrases with one take count as average.
 */
function relativeRisk(own: readonly TakeEvidence[], all: readonly TakeEvidence[]): number {
  const judgedBy = own.length - 1;
  if (judgedBy < 1) return 1;
  const riskOf = (take: TakeEvidence): number => errorWith(take, judgedBy, RISK_SLOPE);
  const average = meanOf(all.filter(({ ownDistances }) => ownDistances.length >= judgedBy).map(riskOf));
  const seen = meanOf(own.map(riskOf));
  const drawn = (own.length * seen + AVERAGE_TAKES * average) / (own.length + AVERAGE_TAKES);
  return average > 0 ? drawn / average : 1;
}

function reasonsOf(own: readonly TakeEvidence[], person: Person): RecordingReason[] {
  const reasons: RecordingReason[] = [];
  if (own.length === 1) return [{ kind: 'only-one-take' }];
  const blame = new Map<PhraseId, number>();
  let risks = 0;
  for (const take of own) {
    const rival = nearestRivalOf(take);
    if (rival === undefined) continue;
    const risk = errorWith(take, own.length - 1, RISK_SLOPE);
    risks += risk;
    blame.set(rival.phraseId, (blame.get(rival.phraseId) ?? 0) + risk);
  }
  const [worst] = [...blame].sort((a, b) => b[1] - a[1]);
  if (worst !== undefined && risks / own.length > OFTEN && worst[1] > MOSTLY * risks)
    reasons.push({ kind: 'mistaken-for', phraseId: worst[0] });
  const distances = own.flatMap(({ ownDistances }) => ownDistances.map(Math.log));
  const varies = person.ownMiddle + VARIES_BY_DEVIATIONS * Math.max(0.1, person.ownDeviation);
  if (distances.length > 0 && medianOf(distances) > varies) reasons.push({ kind: 'varies' });
  if (own.length < FEW_TAKES) reasons.push({ kind: 'few-takes', takes: own.length });
  return reasons;
}
