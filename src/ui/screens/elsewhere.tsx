import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Gate } from './gate';

export function Elsewhere() {
  const echo = useEcho();
  const text = useText();
  return (
    <Gate title={text('elsewhere.title')} icon="copy">
      <div className="gate-text">
        <h1>{text('elsewhere.title')}</h1>
        <p className="quiet">{text('elsewhere.body')}</p>
      </div>
      <button type="button" className="button button-primary" onClick={() => void echo.vault.takeOver()}>
        {text('elsewhere.takeOver')}
      </button>
    </Gate>
  );
}
