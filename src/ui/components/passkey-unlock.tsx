import { useEcho } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { useText } from '../i18n/localisation';
import { passkeyErrorText } from '../passkey-error-text';
import { Icon } from './icon';
import { SavingProblem } from './saving-problem';

/** Opens the vault with a fingerprint, a face, a PIN or a security key. */
export function PasskeyUnlock() {
  const echo = useEcho();
  const text = useText();
  const { isBusy, problem, save } = useSaving(passkeyErrorText);
  return (
    <div className="stack">
      <button
        type="button"
        className="button button-primary button-wide"
        disabled={isBusy}
        onClick={() => void save(() => echo.vault.unlockWithPasskey())}
      >
        <Icon name="passkey" />
        {text(isBusy ? 'locked.passkeyWaiting' : 'locked.passkey')}
      </button>
      <p className="hint">{text('locked.passkeyHint')}</p>
      <SavingProblem problem={problem} />
    </div>
  );
}
