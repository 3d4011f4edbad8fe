import { useEffect, useRef } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { isListening } from './use-talking';

/** "Nothing was heard" is settled by trying again: the message goes when listening starts once more. */
export function useFadingNotices(): void {
  const echo = useEcho();
  const { listening, notices } = useEchoState();
  const listens = isListening(listening);
  const latest = useRef(notices);
  useEffect(() => {
    latest.current = notices;
  }, [notices]);

  useEffect(() => {
    if (!listens) return;
    // From the end, because dismissing one moves those after it.
    for (let index = latest.current.length - 1; index >= 0; index -= 1) {
      if (latest.current[index]?.kind === 'nothing-heard') echo.dismissNotice(index);
    }
  }, [echo, listens]);
}
