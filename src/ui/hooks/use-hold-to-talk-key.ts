import { useEffect, useRef } from 'react';

/** Elements that use the Space bar themselves; the ring is the one button that shares it. */
const OWN_SPACE =
  'input, textarea, select, button:not([data-talk-ring]), a, summary, dialog, [contenteditable]';

/** Calls back when the Space bar is held anywhere on the page, except where it means something else. */
export function useHoldToTalkKey(isEnabled: boolean, onDown: () => void, onUp: () => void): void {
  const latest = useRef({ onDown, onUp });
  useEffect(() => {
    latest.current = { onDown, onUp };
  });

  useEffect(() => {
    if (!isEnabled) return;
    let isHeld = false;
    const down = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(OWN_SPACE) !== null) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      if (isHeld || event.repeat) return;
      isHeld = true;
      latest.current.onDown();
    };
    const up = () => {
      if (!isHeld) return;
      isHeld = false;
      latest.current.onUp();
    };
    const keyUp = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || !isHeld) return;
      event.preventDefault();
      up();
    };
    addEventListener('keydown', down);
    addEventListener('keyup', keyUp);
    addEventListener('blur', up);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', keyUp);
      removeEventListener('blur', up);
      up();
    };
  }, [isEnabled]);
}
