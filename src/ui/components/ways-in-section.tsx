import '../styles/ways-in.css';
import { useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { AutoLockChoice } from './auto-lock-choice';
import { Icon } from './icon';
import { PasskeyWay } from './passkey-way';
import { PassphraseWay } from './passphrase-way';
import { RecoveryWay } from './recovery-way';

/** Every way of opening what is stored, and when it closes. */
export function WaysInSection() {
  const echo = useEcho();
  const text = useText();
  const { vault } = useEchoState();
  const [message, setMessage] = useState<string>();
  if (vault.kind !== 'open') return null;
  const { protection, waysIn } = vault;
  const isSealed = protection === 'passphrase';
  return (
    <section className={isSealed ? 'card' : 'card card-danger'}>
      <h2>{text('privacy.open')}</h2>
      <p className="verdict-line">
        <Icon name={isSealed ? 'lock' : 'warning'} />
        {text(`privacy.protection.${protection}`)}
      </p>
      <ul className="ways">
        <PassphraseWay isThere={isSealed} onChanged={setMessage} />
        {isSealed && (
          <>
            <PasskeyWay passkey={waysIn.passkey} onChanged={setMessage} />
            <RecoveryWay isThere={waysIn.hasRecoveryCode} onChanged={setMessage} />
          </>
        )}
      </ul>
      <p role="status">{message}</p>
      {isSealed ? (
        <>
          <AutoLockChoice />
          <div>
            <button type="button" className="button" onClick={() => void echo.vault.lock()}>
              <Icon name="lock" />
              {text('privacy.lock')}
            </button>
          </div>
        </>
      ) : (
        <p className="small">{text('privacy.way.needsPassphrase')}</p>
      )}
    </section>
  );
}
