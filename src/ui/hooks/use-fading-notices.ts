import { useEffect, useRef } from 'react';
import type { Notice } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { isListening } from './use-talking';

/** What was about the last utterance is settled by the next: these messages go when listening starts again. */
const FADING: ReadonlySet<Notice['kind']> = new Set(['nothing-heard', 'action-failed']);

/** Dismisses the messages that the person answers by speaking again. */
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
    for (const notice of latest.current) {
      if (FADING.has(notice.kind)) echo.dismissNotice(notice.id);
    }
  }, [echo, listens]);
}
