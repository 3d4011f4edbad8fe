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
/** The person's average counts for this many takes of a phrase. */
const AVERAGE_TAKES = 1.5;
/**
 * Log distance by which margins of one phrase differ from utterance to utterance: a take that was told apart clearly says less
 * about the next one than its margin makes believe.
 */
const RISK_SLOPE = 0.2;
/** Where no phrase has two takes: how much nearer the own phrase usually is than the nearest other, natural log. */
const PRIOR_GAP = 0.4;
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
  /** Log distances between two takes of a phrase. */
  readonly ownMiddle: number;
  readonly ownDeviation: number;
  /** Mean log distance of a take to the other phrases, over all takes. */
  readonly othersMiddle: number;
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
  const rivals = takes.map((take) => Math.log(nearestRivalOf(take)?.distance ?? Number.NaN));
  const known = rivals.filter(Number.isFinite);
  const guessed = known.length === 0 ? 0 : meanOf(known) - PRIOR_GAP;
  const others = takes.map(othersOf).filter(Number.isFinite);
  return {
    curve: errorCurveOf(takes),
    ownMiddle: own.length > 0 ? medianOf(own) : guessed,
    ownDeviation: own.length > 0 ? robustDeviationOf(own) : 0,
    othersMiddle: others.length === 0 ? 0 : meanOf(others),
  };
}

/** Mean log distance to the other phrases. */
function othersOf({ rivals }: TakeEvidence): number {
  return meanOf([...rivals.values()].filter(Number.isFinite).map(Math.log));
}

function expectationOf(
  own: readonly TakeEvidence[],
  all: readonly TakeEvidence[],
  person: Person,
): { readonly errorNow: number; readonly errorAfter: number } {
  const count = own.length;
  // Left out, a take is judged by one fewer than there are; a single take has only guessed siblings.
  const judgedBy = Math.max(1, count - 1);
  const comparable = all.filter(({ ownDistances }) => judgedBy === 1 || ownDistances.length >= judgedBy);
  const average = meanOf(comparable.map((take) => riskOf(take, judgedBy, person)));
  const seen = meanOf(own.map((take) => riskOf(take, judgedBy, person)));
  const drawn = (count * seen + AVERAGE_TAKES * average) / (count + AVERAGE_TAKES);
  const relative = average > 0 ? drawn / average : 1;
  const errorNow = Math.min(MOST_ERROR, errorOnCurve(person.curve, count) * relative);
  const ofAll = 1 - (count / (count + 1)) ** person.curve.exponent;
  const share = (count === 1 ? 1 : SINGLE_PHRASE_SHARE) * ofAll;
  return { errorNow, errorAfter: errorNow * (1 - share) };
}

/** How near a take comes to being named wrong by `count` of its siblings. */
function riskOf(take: TakeEvidence, count: number, person: Person): number {
  if (take.ownDistances.length >= count) return errorWith(take, count, RISK_SLOPE);
  const rival = nearestRivalOf(take);
  if (rival === undefined) return 0;
  // A take that is far from everything, a noisy or cut one, will be far from its siblings too.
  const guessed = person.ownMiddle + othersOf(take) - person.othersMiddle;
  return errorAtMargin(Math.log(rival.distance) - guessed, RISK_SLOPE);
}

function reasonsOf(own: readonly TakeEvidence[], person: Person): RecordingReason[] {
  const reasons: RecordingReason[] = [];
  if (own.length === 1) reasons.push({ kind: 'only-one-take' });
  const blame = new Map<PhraseId, number>();
  const judgedBy = Math.max(1, own.length - 1);
  let risks = 0;
  for (const take of own) {
    const rival = nearestRivalOf(take);
    if (rival === undefined) continue;
    const risk = riskOf(take, judgedBy, person);
    risks += risk;
    blame.set(rival.phraseId, (blame.get(rival.phraseId) ?? 0) + risk);
  }
  const [worst] = [...blame].sort((a, b) => b[1] - a[1]);
  if (worst !== undefined && risks / own.length > OFTEN && worst[1] > MOSTLY * risks)
    reasons.push({ kind: 'mistaken-for', phraseId: worst[0] });
  const distances = own.flatMap(({ ownDistances }) => ownDistances.map(Math.log));
  const varies = person.ownMiddle + VARIES_BY_DEVIATIONS * Math.max(0.1, person.ownDeviation);
  if (distances.length > 0 && medianOf(distances) > varies) reasons.push({ kind: 'varies' });
  if (own.length > 1 && own.length < FEW_TAKES) reasons.push({ kind: 'few-takes', takes: own.length });
  return reasons;
}
