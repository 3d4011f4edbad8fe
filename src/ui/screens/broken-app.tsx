import '../styles/gate.css';
import { useEffect } from 'react';
import type { Language } from '../../echo';
import { FailureReport } from '../components/failure-report';
import { BUILT_IN_WORDS } from '../i18n/built-in-words';

/** In the place of the whole app, when even its words may be missing. */
export function BrokenApp({ language, error }: { readonly language: Language; readonly error: unknown }) {
  const { title } = BUILT_IN_WORDS[language];
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = language;
  }, [title, language]);
  return (
    <main className="gate">
      <div className="gate-body">
        <h1>{title}</h1>
        <FailureReport language={language} error={error} />
      </div>
    </main>
  );
}
