import type { Language } from '../../echo';
import { BUILT_IN_WORDS } from '../i18n/built-in-words';

/** What happened, that nothing stored is lost, and the way on. Needs no catalogue. */
export function FailureReport({ language, error }: { readonly language: Language; readonly error: unknown }) {
  const words = BUILT_IN_WORDS[language];
  return (
    <div className="stack" role="alert">
      <p>{words.body}</p>
      <p className="quiet">{words.advice}</p>
      <div>
        <button type="button" className="button button-primary" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </div>
      <details className="quiet small">
        <summary>{words.detail}</summary>
        <p>{String(error)}</p>
      </details>
    </div>
  );
}
