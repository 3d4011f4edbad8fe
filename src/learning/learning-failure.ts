import type { LearnerError } from './learner';

/** Carries a `LearnerError` out of the depths of a run. Inside BaseLearner only: callers see results. */
export class LearningFailure extends Error {
  override readonly name = 'LearningFailure';
  readonly error: LearnerError;

  constructor(error: LearnerError) {
    super(error.kind);
    this.error = error;
  }
}

/** What anything thrown while learning means to whoever called. */
export function learnerErrorOf(thrown: unknown): LearnerError {
  if (thrown instanceof LearningFailure) return thrown.error;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { kind: 'failed', detail };
}
