import { useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { ConfirmDialog } from './confirm-dialog';
import { Dialog } from './dialog';
import { Icon } from './icon';
import { PassphraseForm } from './passphrase-form';

/** Whether there is a passphrase, and the way to set, change or remove it, and to lock. */
export function ProtectionSection() {
  const echo = useEcho();
  const text = useText();
  const { vault, policy } = useEchoState();
  const [open, setOpen] = useState<'set' | 'remove'>();
  const [message, setMessage] = useState<string>();
  if (vault.kind !== 'open') return null;
  const hasPassphrase = vault.protection === 'passphrase';

  async function remove() {
    const removed = await echo.vault.protect('convenience');
    setMessage(removed.ok ? text('privacy.protection.changed') : vaultErrorText(text, removed.error));
  }

  return (
    <section className={hasPassphrase ? 'card' : 'card card-danger'}>
      <h2>{text('privacy.protection')}</h2>
      <p className="verdict-line">
        <Icon name={hasPassphrase ? 'lock' : 'warning'} />
        {text(`privacy.protection.${vault.protection}`)}
      </p>
      <div className="row">
        {hasPassphrase && (
          <button type="button" className="button button-primary" onClick={() => void echo.vault.lock()}>
            <Icon name="lock" />
            {text('privacy.lock')}
          </button>
        )}
        <button
          type="button"
          className={hasPassphrase ? 'button' : 'button button-primary'}
          onClick={() => setOpen('set')}
        >
          {text(hasPassphrase ? 'privacy.changePassphrase' : 'privacy.setPassphrase')}
        </button>
        {hasPassphrase && !policy.requirePassphrase && (
          <button type="button" className="button button-quiet" onClick={() => setOpen('remove')}>
            {text('privacy.removePassphrase')}
          </button>
        )}
      </div>
      <p role="status">{message}</p>
      {open === 'set' && (
        <SetPassphrase
          title={text(hasPassphrase ? 'privacy.changePassphrase' : 'privacy.setPassphrase')}
          onDone={() => setMessage(text('privacy.protection.changed'))}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'remove' && (
        <ConfirmDialog
          title={text('privacy.removePassphrase.title')}
          confirm={text('privacy.removePassphrase.confirm')}
          onConfirm={remove}
          onClose={() => setOpen(undefined)}
        >
          <p>{text('privacy.removePassphrase.body')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function SetPassphrase({
  title,
  onDone,
  onClose,
}: {
  readonly title: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const echo = useEcho();
  const text = useText();

  async function set(passphrase: string) {
    const changed = await echo.vault.protect('passphrase', passphrase);
    if (!changed.ok) return changed;
    onDone();
    onClose();
    return changed;
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <PassphraseForm
        label={text('passphrase.new')}
        isNew
        submit={text('common.save')}
        working={text('welcome.working')}
        onSubmit={set}
      />
    </Dialog>
  );
}
