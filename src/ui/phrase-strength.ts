import type { Clash, PhraseStrength } from '../echo';
import type { MessageKey } from './i18n/en';

/** Above this two phrases sound alike enough to warn. */
const CLASH_SIMILARITY = 0.5;

export interface StrengthView {
  readonly words: MessageKey;
  /** Length of the bar, in [0, 1]. */
  readonly share: number;
}

/** How well a phrase is known, for people: from how many recordings there are and how they agree. */
export function strengthView(strength: PhraseStrength | undefined): StrengthView {
  if (strength === undefined || strength.exampleCount === 0) return { words: 'strength.none', share: 0 };
  if (strength.leaveOneOut === undefined) return { words: 'strength.one', share: 0.35 };
  const depth = Math.min(1, 0.7 + 0.1 * strength.exampleCount);
  const share = Math.max(0.1, strength.leaveOneOut * depth);
  if (share >= 0.85) return { words: 'strength.good', share };
  return { words: share >= 0.5 ? 'strength.fair' : 'strength.weak', share };
}

/** The phrase this one is most easily mixed up with, when that deserves a warning. */
export function worstClash(clashes: readonly Clash[]): Clash | undefined {
  return clashes
    .filter((clash) => clash.similarity > CLASH_SIMILARITY)
    .sort((a, b) => b.similarity - a.similarity)[0];
}
