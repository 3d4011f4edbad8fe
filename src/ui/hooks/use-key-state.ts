import { useCallback } from 'react';
import type { KeyState, VaultError } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { type Answered, useAnswer } from './use-answer';

/** The keys of the open vault, asked for again whenever upkeep or the way in changed something. */
export function useKeyState(): Answered<KeyState, VaultError> {
  const echo = useEcho();
  const { upkeep, vault } = useEchoState();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of these is another answer
  const ask = useCallback(() => echo.vault.keyState(), [echo, upkeep, vault]);
  return useAnswer(ask);
}
