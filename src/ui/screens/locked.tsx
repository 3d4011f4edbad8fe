import { useState } from 'react';
import type { VaultProtection, WaysIn } from '../../echo';
import { DeleteInstead } from '../components/delete-instead';
import { PasskeyUnlock } from '../components/passkey-unlock';
import { PassphraseForm } from '../components/passphrase-form';
import { PeopleChoice } from '../components/people-choice';
import { RecoveryForm } from '../components/recovery-form';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Gate } from './gate';

/** The vault is closed: every way in that it has, the quickest first. */
export function Locked({
  protection,
  waysIn,
}: {
  readonly protection: VaultProtection;
  readonly waysIn: WaysIn;
}) {
  const echo = useEcho();
  const text = useText();
  const [isRecovering, setIsRecovering] = useState(false);
  const needsPassphrase = protection === 'passphrase';
  const hasWays = waysIn.passkey !== undefined || waysIn.hasRecoveryCode;

  return (
    <Gate title={text('locked.title')} icon="lock">
      <PeopleChoice />
      <div className="gate-text">
        <h1>{text('locked.title')}</h1>
        <p className="quiet">
          {text(!needsPassphrase ? 'locked.convenienceBody' : hasWays ? 'locked.bodyWays' : 'locked.body')}
        </p>
      </div>
      {waysIn.passkey !== undefined && (
        <>
          <PasskeyUnlock />
          <p className="gate-or quiet small">{text('locked.or')}</p>
        </>
      )}
      {isRecovering ? (
        <RecoveryForm />
      ) : (
        <PassphraseForm
          label={text('passphrase.label')}
          needsPassphrase={needsPassphrase}
          submit={text('locked.unlock')}
          working={text('locked.working')}
          onSubmit={(passphrase) => echo.vault.unlock(passphrase)}
        />
      )}
      {waysIn.hasRecoveryCode && (
        <button type="button" className="button button-quiet" onClick={() => setIsRecovering(!isRecovering)}>
          {text(isRecovering ? 'locked.withPassphrase' : 'locked.withRecovery')}
        </button>
      )}
      <DeleteInstead summary={text('locked.forgotten')} body={text('locked.forgottenBody')} />
    </Gate>
  );
}
