import { useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { ConfirmDialog } from './confirm-dialog';
import { Dialog } from './dialog';
import { PassphraseForm } from './passphrase-form';
import { WayIn } from './way-in';

/** The passphrase: set it, change it, or go back to convenience mode. */
export function PassphraseWay({
  isThere,
  onChanged,
}: {
  readonly isThere: boolean;
  readonly onChanged: (message: string) => void;
}) {
  const echo = useEcho();
  const text = useText();
  const { policy } = useEchoState();
  const [open, setOpen] = useState<'set' | 'remove'>();
  const close = () => setOpen(undefined);
  const title = text(isThere ? 'privacy.changePassphrase' : 'privacy.setPassphrase');

  async function set(passphrase: string) {
    const changed = await echo.vault.protect('passphrase', passphrase);
    if (!changed.ok) return changed;
    onChanged(text('privacy.protection.changed'));
    close();
    return changed;
  }

  async function remove() {
    const removed = await echo.vault.protect('convenience');
    onChanged(removed.ok ? text('privacy.protection.changed') : vaultErrorText(text, removed.error));
  }

  return (
    <WayIn
      icon={isThere ? 'lock' : 'unlock'}
      name={text('privacy.way.passphrase')}
      isThere={isThere}
      words={text(isThere ? 'privacy.way.passphrase.has' : 'privacy.way.passphrase.none')}
    >
      <button
        type="button"
        className={isThere ? 'button button-small' : 'button button-primary button-small'}
        onClick={() => setOpen('set')}
      >
        {title}
      </button>
      {isThere && !policy.requirePassphrase && (
        <button type="button" className="button button-quiet button-small" onClick={() => setOpen('remove')}>
          {text('privacy.removePassphrase')}
        </button>
      )}
      {open === 'set' && (
        <Dialog title={title} onClose={close}>
          <PassphraseForm
            label={text('passphrase.new')}
            isNew
            submit={text('common.save')}
            working={text('welcome.working')}
            onSubmit={set}
          />
        </Dialog>
      )}
      {open === 'remove' && (
        <ConfirmDialog
          title={text('privacy.removePassphrase.title')}
          confirm={text('privacy.removePassphrase.confirm')}
          onConfirm={remove}
          onClose={close}
        >
          <p>{text('privacy.removePassphrase.body')}</p>
        </ConfirmDialog>
      )}
    </WayIn>
  );
}
