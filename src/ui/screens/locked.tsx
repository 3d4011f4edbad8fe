import { useState } from 'react';
import type { VaultProtection } from '../../echo';
import { DeleteEverythingDialog } from '../components/delete-everything-dialog';
import { PassphraseForm } from '../components/passphrase-form';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Gate } from './gate';

export function Locked({ protection }: { readonly protection: VaultProtection }) {
  const echo = useEcho();
  const text = useText();
  const [isDeleting, setIsDeleting] = useState(false);
  const needsPassphrase = protection === 'passphrase';

  return (
    <Gate title={text('locked.title')} icon="lock">
      <div className="gate-text">
        <h1>{text('locked.title')}</h1>
        <p className="quiet">{text(needsPassphrase ? 'locked.body' : 'locked.convenienceBody')}</p>
      </div>
      <PassphraseForm
        label={text('passphrase.label')}
        needsPassphrase={needsPassphrase}
        submit={text('locked.unlock')}
        working={text('locked.working')}
        onSubmit={(passphrase) => echo.vault.unlock(passphrase)}
      />
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
