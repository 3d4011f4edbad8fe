import { useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Dialog } from './dialog';
import { PassphraseForm } from './passphrase-form';
import { RemoveWay } from './remove-way';
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
  const [isSetting, setIsSetting] = useState(false);
  const close = () => setIsSetting(false);
  const title = text(isThere ? 'privacy.changePassphrase' : 'privacy.setPassphrase');

  async function set(passphrase: string) {
    const changed = await echo.vault.protect('passphrase', passphrase);
    if (!changed.ok) return changed;
    onChanged(text('privacy.protection.changed'));
    close();
    return changed;
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
        onClick={() => setIsSetting(true)}
      >
        {title}
      </button>
      {isThere && !policy.requirePassphrase && (
        <RemoveWay
          label={text('privacy.removePassphrase')}
          title={text('privacy.removePassphrase.title')}
          body={text('privacy.removePassphrase.body')}
          confirm={text('privacy.removePassphrase.confirm')}
          done={text('privacy.protection.changed')}
          remove={() => echo.vault.protect('convenience')}
          onChanged={onChanged}
        />
      )}
      {isSetting && (
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
    </WayIn>
  );
}
