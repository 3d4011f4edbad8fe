import type { LearningError } from '../echo';
import type { Text } from './i18n/localisation';

/** What went wrong with the vault, and what to do, in the person's words. */
export function vaultErrorText(text: Text, error: LearningError): string {
  switch (error.kind) {
    case 'weak-passphrase':
      return text('vaultError.weak-passphrase', { minimumLength: error.minimumLength });
    case 'bad-backup':
      return text(`vaultError.bad-backup.${error.reason}`);
    default:
      return text(`vaultError.${error.kind}`);
  }
}
