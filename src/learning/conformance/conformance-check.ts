/** One promise of `Learner`, and how to find out whether it is kept. */
export interface ConformanceCheck {
  /** Unique; what a learner does that keeps it. */
  readonly behaviour: string;
  /** Whether this learner promises it; yes when left out. */
  readonly isAsked?: boolean;
  /** @throws ConformanceError when the promise is broken */
  run(): Promise<void>;
}

/** A learner that does not do what `Learner` promises. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

export function expectThat(condition: unknown, otherwise: string): asserts condition {
  if (!condition) throw new ConformanceError(otherwise);
}

export function expectSame(actual: string, expected: string, otherwise: string): void {
  expectThat(actual === expected, `${otherwise}\n  expected ${expected}\n  got      ${actual}`);
}

/** The failure of a promise that should have been kept, or what it gave; a throw is never an answer of a learner. */
export async function answerOf<T>(call: () => T | Promise<T>, what: string): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw new ConformanceError(`${what} threw ${String(thrown)} instead of giving a result`);
  }
}
