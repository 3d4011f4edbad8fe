import { type RefObject, useEffect, useRef } from 'react';

/** The browser puts the focus itself when the page opens; we move it only from the second screen on. */
let hasShownAScreen = false;

/** Moves the focus to the heading of a screen that one came to from another. */
export function useHeadingFocus(heading: RefObject<HTMLElement | null>): void {
  // Kept apart from the effect, which React runs twice in development.
  const isFirst = useRef<boolean>(undefined);
  useEffect(() => {
    isFirst.current ??= !hasShownAScreen;
    hasShownAScreen = true;
    if (!isFirst.current) heading.current?.focus();
  }, [heading]);
}

/** For what stands before the places and is answered by the person: the next heading gets the focus. */
export function useCountsAsScreen(counts: boolean): void {
  useEffect(
    () => () => {
      if (counts) hasShownAScreen = true;
    },
    [counts],
  );
}
