import { useEffect, useState } from 'react';
import type { PasskeyHandle } from '../../echo';
import { useEcho } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { useLocalisation } from '../i18n/localisation';
import { passkeyErrorText } from '../passkey-error-text';
import { vaultErrorText } from '../vault-error-text';
import { ConfirmDialog } from './confirm-dialog';
import { SavingProblem } from './saving-problem';
import { WayIn } from './way-in';

/** A passkey beside the passphrase: add it where the browser has any, or remove it. */
export function PasskeyWay({
  passkey,
  onChanged,
}: {
  readonly passkey: PasskeyHandle | undefined;
  readonly onChanged: (message: string) => void;
}) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { isBusy, problem, save } = useSaving(passkeyErrorText);
  const [isAsking, setIsAsking] = useState(false);
  const [isOffered, setIsOffered] = useState(true);

  useEffect(() => {
    void echo.vault.isPasskeyAvailable().then(setIsOffered);
  }, [echo]);

  async function add() {
    if (await save(() => echo.vault.addPasskey())) onChanged(text('privacy.way.done'));
  }

  async function remove() {
    const removed = await echo.vault.removeWayIn('passkey');
    onChanged(removed.ok ? text('privacy.way.removed') : vaultErrorText(text, removed.error));
  }

  return (
    <WayIn
      icon="passkey"
      name={text('privacy.way.passkey')}
      isThere={passkey !== undefined}
      words={
        passkey !== undefined
          ? text('privacy.way.passkey.has', { when: formats.date(passkey.createdAt) })
          : text(isOffered ? 'privacy.way.passkey.none' : 'privacy.way.passkey.unsupported')
      }
    >
      {passkey === undefined && isOffered && (
        <button type="button" className="button button-small" disabled={isBusy} onClick={() => void add()}>
          {text(isBusy ? 'privacy.way.passkey.waiting' : 'privacy.way.passkey.add')}
        </button>
      )}
      {passkey !== undefined && (
        <button type="button" className="button button-quiet button-small" onClick={() => setIsAsking(true)}>
          {text('privacy.way.passkey.remove')}
        </button>
      )}
      <SavingProblem problem={problem} />
      {isAsking && (
        <ConfirmDialog
          title={text('privacy.way.passkey.remove.title')}
          confirm={text('privacy.way.remove.confirm')}
          onConfirm={remove}
          onClose={() => setIsAsking(false)}
        >
          <p>{text('privacy.way.passkey.remove.body')}</p>
        </ConfirmDialog>
      )}
    </WayIn>
  );
}
