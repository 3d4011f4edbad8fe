import { useEffect, useState } from 'react';
import type { Command, CommandMatch } from '../../echo';
import { useEcho } from '../echo-context';

export interface CommandMatches {
  /** What they are about; behind what is typed while the answer is on its way. */
  readonly query: string;
  readonly matches: readonly CommandMatch[];
}

/** What the typed text may mean, as it is typed. */
export function useCommandMatches(query: string, own: readonly Command[]): CommandMatches {
  const echo = useEcho();
  const [found, setFound] = useState<CommandMatches>({ query: '', matches: [] });
  useEffect(() => {
    const end = new AbortController();
    const show = (matches: readonly CommandMatch[]) => {
      if (!end.signal.aborted) setFound({ query, matches });
    };
    void echo.commands.match(query, own, end.signal, show).then(show);
    return () => end.abort();
  }, [echo, query, own]);
  return found;
}
