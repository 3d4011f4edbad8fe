import type { MessageKey } from './i18n/en';

/** What a calibrated chance is called. The bounds are chosen for people: 9 in 10, 2 in 3. */
export function confidenceWords(confidence: number): MessageKey {
  if (confidence >= 0.9) return 'answer.sure';
  if (confidence >= 2 / 3) return 'answer.fairlySure';
  return 'answer.notSure';
}
