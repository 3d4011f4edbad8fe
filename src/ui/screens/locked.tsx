import { type FormEvent, useState } from 'react';
import type { VaultProtection } from '../../echo';
import { DeleteEverythingDialog } from '../components/delete-everything-dialog';
import { PassphraseField } from '../components/passphrase-field';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { Gate } from './gate';

export function Locked({ protection }: { readonly protection: VaultProtection }) {
  const echo = useEcho();
  const text = useText();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const needsPassphrase = protection === 'passphrase';

  async function unlock(event: FormEvent) {
    event.preventDefault();
    setIsBusy(true);
    setProblem(undefined);
    const unlocked = await echo.vault.unlock(passphrase);
    setIsBusy(false);
    if (!unlocked.ok) setProblem(vaultErrorText(text, unlocked.error));
  }

  return (
    <Gate title={text('locked.title')} icon="lock">
      <div className="gate-text">
        <h1>{text('locked.title')}</h1>
        <p className="quiet">{text(needsPassphrase ? 'locked.body' : 'locked.convenienceBody')}</p>
      </div>
      <form className="stack" onSubmit={(event) => void unlock(event)}>
        {needsPassphrase && (
          <PassphraseField
            label={text('passphrase.label')}
            problem={problem}
            value={passphrase}
            isNew={false}
            onChange={setPassphrase}
          />
        )}
        {!needsPassphrase && problem !== undefined && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <button
          type="submit"
          className="button button-primary"
          disabled={isBusy || (needsPassphrase && passphrase === '')}
        >
          {text(isBusy ? 'locked.working' : 'locked.unlock')}
        </button>
      </form>
      <details className="gate-more">
        <summary>{text('locked.forgotten')}</summary>
        <div className="stack">
          <p className="quiet">{text('locked.forgottenBody')}</p>
          <div className="row">
            <button type="button" className="button button-danger" onClick={() => setIsDeleting(true)}>
              {text('privacy.delete')}
            </button>
          </div>
        </div>
      </details>
      {isDeleting && <DeleteEverythingDialog onClose={() => setIsDeleting(false)} />}
    </Gate>
  );
}
