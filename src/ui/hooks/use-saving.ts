import { useRef, useState } from 'react';
import type { Result } from '../../core/result';
import type { LearningError } from '../../echo';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';

export interface Saving {
  readonly isBusy: boolean;
  /** Why the last attempt failed, in words. */
  readonly problem: string | undefined;
  /** Carries it out, one at a time: whether it was stored. A second call meanwhile does nothing. */
  readonly save: (store: () => Promise<Result<unknown, LearningError>>) => Promise<boolean>;
}

/** Stores something once, however often the button is pressed, and says why when it did not work. */
export function useSaving(): Saving {
  const text = useText();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // A second click may come before React has drawn the disabled button.
  const isRunning = useRef(false);

  return {
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
      if (!stored.ok) setProblem(vaultErrorText(text, stored.error));
      return stored.ok;
    },
  };
}
