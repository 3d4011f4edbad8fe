import { err } from '../../core/result';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { TypedConfirmDialog } from './typed-confirm-dialog';

/** Deletes all there is, after a word was typed. */
export function DeleteEverythingDialog({ onClose }: { readonly onClose: () => void }) {
  const echo = useEcho();
  const text = useText();
  return (
    <TypedConfirmDialog
      title={text('privacy.delete.title')}
      body={text('privacy.delete.body')}
      confirm={text('privacy.delete.confirm')}
      onConfirm={async () => {
        const destroyed = await echo.vault.destroy();
        return destroyed.ok ? destroyed : err(vaultErrorText(text, destroyed.error));
      }}
      onClose={onClose}
    />
  );
}
