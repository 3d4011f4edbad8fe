import { useEffect, useSyncExternalStore } from 'react';
import { resolveLanguage } from '../../core/language';
import type { Language, Settings } from '../../echo';

/** Puts the chosen look on the root element; the style sheet does the rest. */
export function useTheme(theme: Settings['theme']): void {
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'auto') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }, [theme]);
}

function subscribeToLanguages(onChange: () => void): () => void {
  addEventListener('languagechange', onChange);
  return () => removeEventListener('languagechange', onChange);
}

export function useLanguage(choice: Settings['language']): Language {
  return useSyncExternalStore(subscribeToLanguages, () => resolveLanguage(choice, navigator.languages));
}

const REDUCED_MOTION = '(prefers-reduced-motion: reduce)';

function subscribeToMotion(onChange: () => void): () => void {
  const query = matchMedia(REDUCED_MOTION);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

export function usePrefersReducedMotion(): boolean {
  return useSyncExternalStore(subscribeToMotion, () => matchMedia(REDUCED_MOTION).matches);
}
