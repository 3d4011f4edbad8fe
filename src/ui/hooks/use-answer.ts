import { useEffect, useState } from 'react';
import type { Result } from '../../core/result';

export interface Answered<T, E> {
  /** The last answer there was; `undefined` before the first. */
  readonly value: T | undefined;
  /** Why the last time there was none. */
  readonly error: E | undefined;
}

/**
 * Asks when the component appears, and again whenever `ask` is another function: keep it with `useCallback`. An
 * answer that comes after a newer question is dropped.
 */
export function useAnswer<T, E>(ask: () => Promise<Result<T, E>>): Answered<T, E> {
  const [answered, setAnswered] = useState<Answered<T, E>>({ value: undefined, error: undefined });
  useEffect(() => {
    let isWanted = true;
    void ask().then((answer) => {
      if (!isWanted) return;
      setAnswered(({ value }) =>
        answer.ok ? { value: answer.value, error: undefined } : { value, error: answer.error },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [ask]);
  return answered;
}
