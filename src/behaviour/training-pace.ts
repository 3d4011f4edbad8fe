/** Trained anew when there are this many times as many examples as the last time. */
const GROWTH = 1.2;

/** Whether enough came for training to be worth it. */
export function isTrainingDue({
  examples,
  leastExamples,
  trainedOn,
  sinceTraining,
}: {
  readonly examples: number;
  /** Fewer are not trained on. */
  readonly leastExamples: number;
  /** Examples there were at the last training; 0 before the first. */
  readonly trainedOn: number;
  /** Examples that came since. */
  readonly sinceTraining: number;
}): boolean {
  return examples >= leastExamples && (trainedOn === 0 || sinceTraining >= (GROWTH - 1) * trainedOn);
}
