import { useText } from '../i18n/localisation';
import { Gate } from './gate';

/** The browser's store would not open. Nothing is deleted, and the way on is to load the page again. */
export function Unavailable({ detail }: { readonly detail: string }) {
  const text = useText();
  return (
    <Gate title={text('unavailable.title')} icon="warning">
      <div className="gate-text">
        <h1>{text('unavailable.title')}</h1>
        <p>{text('unavailable.body')}</p>
        <p className="quiet">{text('unavailable.do')}</p>
      </div>
      <button type="button" className="button button-primary" onClick={() => location.reload()}>
        {text('unavailable.reload')}
      </button>
      {detail !== '' && (
        <details className="quiet small">
          <summary>{text('unavailable.detail')}</summary>
          <p>{detail}</p>
        </details>
      )}
    </Gate>
  );
}
