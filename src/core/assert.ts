/** A broken invariant: a bug of ours, never the person's input. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/**
 * Throws when an invariant does not hold.
 *
 * @param value the offending value, printed with the message
 */
export function assert(condition: unknown, message: string, value?: unknown): asserts condition {
  if (condition) return;
  throw new AssertionError(value === undefined ? message : `${message} (got ${String(value)})`);
}

/** Makes the compiler prove that a union was handled in full. */
export function unreachable(value: never): never {
  throw new AssertionError(`unhandled case: ${JSON.stringify(value)}`);
}
