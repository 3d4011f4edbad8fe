import { useRef, useState } from 'react';
import type { Result } from '../../core/result';
import type { LearningError } from '../../echo';
import { type Text, useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';

export interface Saving<E> {
  readonly isBusy: boolean;
  /** Why the last attempt failed, in words. */
  readonly problem: string | undefined;
  /** Carries it out, one at a time: whether it was stored. A second call meanwhile does nothing. */
  readonly save: (store: () => Promise<Result<unknown, E>>) => Promise<boolean>;
}

/** Stores something once, however often the button is pressed, and says why when it did not work. */
export function useSaving(): Saving<LearningError>;
/** @param explain for errors that need words of their own */
export function useSaving<E>(explain: (text: Text, error: E) => string): Saving<E>;
export function useSaving(explain: (text: Text, error: LearningError) => string = vaultErrorText) {
  const text = useText();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // A second click may come before React has drawn the disabled button.
  const isRunning = useRef(false);

  const saving: Saving<LearningError> = {
    isBusy,
    problem,
    async save(store) {
      if (isRunning.current) return false;
      isRunning.current = true;
      setIsBusy(true);
      setProblem(undefined);
      const stored = await store();
      isRunning.current = false;
      setIsBusy(false);
      if (!stored.ok) setProblem(explain(text, stored.error));
      return stored.ok;
    },
  };
  return saving;
}
