import { useCallback } from 'react';
import { ok } from '../../core/result';
import type { PhraseView, TakeMap } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useAnswer } from './use-answer';

/** The map of all recordings, made anew when there are others; `undefined` while it is made for the first time. */
export function useTakeMap(): TakeMap | undefined {
  const echo = useEcho();
  const told = takesOf(useEchoState().phrases);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other recordings make another map
  const ask = useCallback(async () => ok(await echo.phrases.takeMap()), [echo, told]);
  return useAnswer<TakeMap, never>(ask).value;
}

/** Changes when a recording that teaches comes or goes. */
export function takesOf(phrases: readonly PhraseView[]): string {
  return phrases
    .flatMap(({ takes }) => takes.filter(({ role }) => role === 'example').map(({ id }) => id))
    .join(' ');
}
