import { useText } from '../i18n/localisation';
import { Gate } from './gate';

export function Opening() {
  const text = useText();
  return (
    <Gate title={text('app.name')} isPassing>
      <h1 className="gate-opening" aria-live="polite">
        {text('opening.title')}
      </h1>
    </Gate>
  );
}
