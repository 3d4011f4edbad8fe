import { useEffect, useState } from 'react';
import type { Command, CommandMatch } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';

export interface CommandMatches {
  /** What they are about; behind what is typed while the answer is on its way. */
  readonly query: string;
  readonly matches: readonly CommandMatch[];
}

/** What the typed text may mean, as it is typed. */
export function useCommandMatches(query: string, own: readonly Command[]): CommandMatches {
  const echo = useEcho();
  const { phrases, profiles } = useEchoState();
  const [found, setFound] = useState<CommandMatches>({ query: '', matches: [] });
  // Asked anew when there are other phrases, and when it is known whose learner it is: right after a start, neither is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const end = new AbortController();
    const show = (matches: readonly CommandMatch[]) => {
      if (!end.signal.aborted) setFound({ query, matches });
    };
    void echo.commands.match(query, own, end.signal, show).then(show);
    return () => end.abort();
  }, [echo, query, own, phrases, profiles]);
  return found;
}
