import type { ProfileError } from '../echo';
import type { Text } from './i18n/localisation';
import { vaultErrorText } from './vault-error-text';

/** Why a change to the people of this device did not work, and what to do. */
export function profileErrorText(text: Text, error: ProfileError): string {
  return error.kind === 'name-needed' || error.kind === 'unknown-person'
    ? text(`profileError.${error.kind}`)
    : vaultErrorText(text, error);
}
