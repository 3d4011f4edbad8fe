import type { Dismissal, Routine } from '../../behaviour/habits/habit-report';
import type { PhraseId, SuggestionId } from '../../core/ids';
import type { ActionOutcome, Phrase } from '../../learning/records';

/** Something that is probably wanted now. */
export interface Suggestion {
  readonly phraseId: PhraseId;
  /** By habit, in [0, 1]. */
  readonly probability: number;
}

/** Two phrases that could be one. */
export interface RoutineOffer {
  readonly first: PhraseId;
  readonly second: PhraseId;
  /** How often the second followed, lately. */
  readonly count: number;
}

export interface TakenSuggestion {
  /** By which it can be said later that it was not wanted. */
  readonly id: SuggestionId;
  readonly phraseId: PhraseId;
  readonly outcome: ActionOutcome;
}

/** What habits have to offer at present. */
export interface HabitOffers {
  /** At most two, the more probable first. */
  readonly suggestions: readonly Suggestion[];
  readonly routine: RoutineOffer | undefined;
  /** What came of the suggestion that was taken last. */
  readonly taken: TakenSuggestion | undefined;
}

export const noOffers: HabitOffers = { suggestions: [], routine: undefined, taken: undefined };

interface Known {
  readonly phrases: readonly Pick<Phrase, 'id' | 'action'>[];
  readonly dismissals: readonly Dismissal[];
  readonly nowMs: number;
}

const MOST_SUGGESTIONS = 2;
const LEAST_PROBABILITY = 0.3;
/** Fewer things done are no habit. */
const LEAST_EVENTS = 8;
const WEEK_MS = 7 * 24 * 3_600_000;
const LONGEST_WEEKS = 52;

/** The name by which an offer of a routine is put away. */
export const routineKey = ({ first, second }: Pick<Routine, 'first' | 'second'>): string =>
  `${first}>${second}`;

/** What was put away comes back after a week, after two weeks the second time, and so on. */
function isPutAway(offer: string, { dismissals, nowMs }: Known): boolean {
  const dismissal = dismissals.find((one) => one.offer === offer);
  if (dismissal === undefined) return false;
  const weeks = Math.min(LONGEST_WEEKS, 2 ** (dismissal.times - 1));
  return nowMs < dismissal.at + weeks * WEEK_MS;
}

/** Only phrases that do something: there is nothing to gain from tapping one that does not. */
export function suggestionsOf(
  foreseen: readonly { readonly action: string; readonly probability: number }[],
  events: number,
  known: Known,
): readonly Suggestion[] {
  if (events < LEAST_EVENTS) return [];
  return foreseen
    .flatMap(({ action, probability }) => {
      const phrase = known.phrases.find(({ id }) => id === action);
      const isOffered =
        phrase !== undefined && phrase.action.kind !== 'none' && probability >= LEAST_PROBABILITY;
      return isOffered && !isPutAway(action, known) ? [{ phraseId: phrase.id, probability }] : [];
    })
    .slice(0, MOST_SUGGESTIONS);
}

/** The surest that can be made into one phrase, and is not one already. */
export function routineOf(routines: readonly Routine[], known: Known): RoutineOffer | undefined {
  for (const routine of routines) {
    const first = known.phrases.find(({ id }) => id === routine.first);
    const second = known.phrases.find(({ id }) => id === routine.second);
    if (first === undefined || second === undefined) continue;
    const canJoin =
      [first, second].every(({ action }) => action.kind !== 'sequence') && second.action.kind !== 'none';
    if (!canJoin || isPutAway(routineKey(routine), known)) continue;
    return { first: first.id, second: second.id, count: routine.count };
  }
  return undefined;
}
