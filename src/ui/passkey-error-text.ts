import type { PasskeyError, VaultError } from '../echo';
import type { Text } from './i18n/localisation';
import { vaultErrorText } from './vault-error-text';

/** Why a passkey did not open, or was not added. */
export function passkeyErrorText(text: Text, error: VaultError | PasskeyError): string {
  switch (error.kind) {
    case 'unsupported':
    case 'no-prf':
    case 'cancelled':
    case 'failed':
      return text(`passkey.${error.kind}`);
    case 'wrong-passphrase':
      return text('passkey.wrong');
    default:
      return vaultErrorText(text, error);
  }
}
