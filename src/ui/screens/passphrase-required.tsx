import { DeleteInstead } from '../components/delete-instead';
import { PassphraseForm } from '../components/passphrase-form';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Gate } from './gate';

/** There is data without a passphrase, and whoever runs this site has come to require one. */
export function PassphraseRequired() {
  const echo = useEcho();
  const text = useText();
  return (
    <Gate title={text('required.title')} icon="lock">
      <div className="gate-text">
        <h1>{text('required.title')}</h1>
        <p>{text('welcome.policyNote')}</p>
        <p className="quiet">{text('required.body')}</p>
      </div>
      <PassphraseForm
        label={text('passphrase.new')}
        isNew
        submit={text('common.save')}
        working={text('welcome.working')}
        onSubmit={(passphrase) => echo.vault.protect('passphrase', passphrase)}
      />
      <DeleteInstead summary={text('required.instead')} body={text('required.insteadBody')} />
    </Gate>
  );
}
