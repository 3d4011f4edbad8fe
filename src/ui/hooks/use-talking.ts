import { useCallback, useEffect, useRef, useState } from 'react';
import type { ListeningState } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';

export type TalkMode = 'hold' | 'hands-free';

/** A press shorter than this is a tap: it keeps listening until the next one. */
const TAP_MS = 300;
const MODE_KEY = 'echo.talk-mode';

function rememberedMode(): TalkMode {
  return sessionStorage.getItem(MODE_KEY) === 'hands-free' ? 'hands-free' : 'hold';
}

/** Whether the microphone is on for talking, or about to be. */
export function isListening(listening: ListeningState): boolean {
  return listening.kind === 'opening' || listening.kind === 'waiting' || listening.kind === 'hearing';
}

export interface Talking {
  readonly mode: TalkMode;
  /** The ring or the Space bar is down right now. */
  readonly isHeld: boolean;
  readonly setMode: (mode: TalkMode) => void;
  /** The ring or the Space bar went down. */
  readonly press: () => void;
  readonly letGo: () => void;
  /** Enter, a screen reader or a switch device: one action to start, the next to finish. */
  readonly toggle: () => void;
}

/** Turns presses, taps and keys into starting and ending to listen. */
export function useTalking(): Talking {
  const echo = useEcho();
  const { listening } = useEchoState();
  const [mode, rememberMode] = useState(rememberedMode);
  const starting = useRef<Promise<void>>(undefined);
  const press = useRef<{ readonly atMs: number; readonly endsOnUp: boolean }>(undefined);
  const [isHeld, setIsHeld] = useState(false);
  const listens = isListening(listening);

  const start = useCallback(() => {
    starting.current = echo.talk.start(mode === 'hold' ? 'push-to-talk' : 'hands-free');
  }, [echo, mode]);

  const finish = useCallback(async () => {
    // Releasing before the microphone is open would release nothing and leave it listening.
    await starting.current;
    await (mode === 'hold' ? echo.talk.release() : echo.talk.stop());
  }, [echo, mode]);

  const toggle = useCallback(() => {
    if (listens) void finish();
    else start();
  }, [listens, start, finish]);

  // A microphone must not stay open behind another screen.
  useEffect(() => () => void echo.talk.stop(), [echo]);

  return {
    mode,
    isHeld,
    setMode(next) {
      sessionStorage.setItem(MODE_KEY, next);
      rememberMode(next);
      if (listens) void echo.talk.stop();
    },
    press() {
      setIsHeld(true);
      press.current = { atMs: performance.now(), endsOnUp: listens };
      if (!listens) start();
      else if (mode === 'hands-free') void finish();
    },
    letGo() {
      setIsHeld(false);
      const held = press.current;
      press.current = undefined;
      if (held === undefined || mode === 'hands-free') return;
      if (held.endsOnUp || performance.now() - held.atMs >= TAP_MS) void finish();
    },
    toggle,
  };
}
