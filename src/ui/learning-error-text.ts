import type { LearningSystemError } from '../echo';
import type { Text } from './i18n/localisation';

/** Why habits could not be forgotten, and what to do. */
export function learningErrorText(text: Text, error: LearningSystemError): string {
  switch (error.kind) {
    case 'locked':
    case 'quota':
    case 'unavailable':
      return text(`vaultError.${error.kind}`);
    default:
      return text('privacy.forget.failed');
  }
}
