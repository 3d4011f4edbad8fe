import type { VaultProtection } from '../../echo';
import { DeleteInstead } from '../components/delete-instead';
import { PassphraseForm } from '../components/passphrase-form';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Gate } from './gate';

export function Locked({ protection }: { readonly protection: VaultProtection }) {
  const echo = useEcho();
  const text = useText();
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
      <DeleteInstead summary={text('locked.forgotten')} body={text('locked.forgottenBody')} />
    </Gate>
  );
}
