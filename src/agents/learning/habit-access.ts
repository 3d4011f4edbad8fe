import type { LearningCurves, Transition } from '../../behaviour/habits/habit-report';
import type { Belief, BeliefId } from '../../behaviour/preferences/belief';
import type { Result } from '../../core/result';
import type { LearningSystemError } from './learning-system-error';

/** `bad-value`: the preference cannot be that; see `PREFERENCE_VALUES`. */
export type BeliefError = LearningSystemError | { readonly kind: 'bad-value' };

/** What was learnt of habits and preferences, for whoever shows it: `echo.learning` has these. */
export interface HabitAccess {
  /** The surest first. */
  beliefs(): Promise<Result<readonly Belief[], LearningSystemError>>;
  /** Forgets what it rests on; it may be learnt anew. One that is not there is forgotten already. */
  forgetBelief(id: BeliefId): Promise<Result<void, LearningSystemError>>;
  /** Says so: nothing observed changes it, until it is forgotten. */
  setBelief(id: BeliefId, value: string): Promise<Result<void, BeliefError>>;
  /** How often the next action was foreseen, over time, beside simple guesses on the same events. */
  learningCurves(): Promise<Result<LearningCurves, LearningSystemError>>;
  /** What tends to follow what, most frequent first, at most 50. Phrase ids. */
  transitions(): Promise<Result<readonly Transition[], LearningSystemError>>;
}
