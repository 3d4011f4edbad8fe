import type { MessageKey } from './i18n/en';

type Level = 'one' | 'alike' | 'fair' | 'different';

/** What a consistency in [0, 1] is called; `undefined` is that of a single recording. */
export function consistencyLevel(consistency: number | undefined): Level {
  if (consistency === undefined) return 'one';
  if (consistency >= 0.75) return 'alike';
  return consistency >= 0.45 ? 'fair' : 'different';
}

export const consistencyWords = (consistency: number | undefined): MessageKey =>
  `consistency.${consistencyLevel(consistency)}`;
