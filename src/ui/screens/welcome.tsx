import { useState } from 'react';
import type { VaultProtection } from '../../echo';
import { PassphraseForm } from '../components/passphrase-form';
import { PeopleChoice } from '../components/people-choice';
import { RestoreDialog } from '../components/restore-dialog';
import { WelcomePicture } from '../components/welcome-picture';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Gate } from './gate';

/** First run, in one screen: what Echo is, and how it keeps what it learns. */
export function Welcome() {
  const echo = useEcho();
  const text = useText();
  const { policy } = useEchoState();
  const [protection, setProtection] = useState<VaultProtection>('passphrase');
  const [isRestoring, setIsRestoring] = useState(false);

  return (
    <Gate title={text('app.name')}>
      <PeopleChoice />
      <WelcomePicture />
      <div className="gate-text">
        <h1>{text('welcome.title')}</h1>
        <p className="quiet">{text('welcome.body')}</p>
      </div>
      <PassphraseForm
        label={text('passphrase.new')}
        isNew
        needsPassphrase={protection === 'passphrase'}
        isWide
        submit={text('welcome.start')}
        working={text('welcome.working')}
        onSubmit={(passphrase) =>
          protection === 'passphrase'
            ? echo.vault.create(protection, passphrase)
            : echo.vault.create(protection)
        }
      >
        {policy.requirePassphrase ? (
          <p className="small quiet">{text('welcome.policyNote')}</p>
        ) : (
          <ProtectionChoice value={protection} onChange={setProtection} />
        )}
      </PassphraseForm>
      <button type="button" className="button button-quiet" onClick={() => setIsRestoring(true)}>
        {text('welcome.restore')}
      </button>
      {isRestoring && <RestoreDialog onClose={() => setIsRestoring(false)} />}
    </Gate>
  );
}

function ProtectionChoice({
  value,
  onChange,
}: {
  readonly value: VaultProtection;
  readonly onChange: (value: VaultProtection) => void;
}) {
  const text = useText();
  return (
    <fieldset className="stack">
      <legend className="label welcome-legend">{text('welcome.protection')}</legend>
      <label className="option">
        <input
          type="radio"
          name="protection"
          checked={value === 'passphrase'}
          onChange={() => onChange('passphrase')}
        />
        <span>
          <span className="row">
            <strong>{text('welcome.passphrase')}</strong>
            <span className="chip">{text('welcome.recommended')}</span>
          </span>
          <span className="hint">{text('welcome.passphraseHint')}</span>
        </span>
      </label>
      <label className="option">
        <input
          type="radio"
          name="protection"
          checked={value === 'convenience'}
          onChange={() => onChange('convenience')}
        />
        <span>
          <strong>{text('welcome.convenience')}</strong>
          <span className="hint">{text('welcome.convenienceHint')}</span>
        </span>
      </label>
    </fieldset>
  );
}
