import { useEffect, useState } from 'react';
import type { PasskeyHandle } from '../../echo';
import { useEcho } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { useLocalisation } from '../i18n/localisation';
import { passkeyErrorText } from '../passkey-error-text';
import { RemoveWay } from './remove-way';
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
  const [isOffered, setIsOffered] = useState(true);

  useEffect(() => {
    void echo.vault.isPasskeyAvailable().then(setIsOffered);
  }, [echo]);

  async function add() {
    if (await save(() => echo.vault.addPasskey())) onChanged(text('privacy.way.done'));
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
        <RemoveWay
          label={text('privacy.way.passkey.remove')}
          title={text('privacy.way.passkey.remove.title')}
          body={text('privacy.way.passkey.remove.body')}
          confirm={text('privacy.way.remove.confirm')}
          done={text('privacy.way.removed')}
          remove={() => echo.vault.removeWayIn('passkey')}
          onChanged={onChanged}
        />
      )}
      <SavingProblem problem={problem} />
    </WayIn>
  );
}
