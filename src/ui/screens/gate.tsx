import '../styles/gate.css';
import { type ReactNode, useEffect } from 'react';
import { LanguageSelect } from '../components/language-select';
import { Wordmark } from '../components/wordmark';
import { useText } from '../i18n/localisation';

/** The frame of everything that comes before the places. */
export function Gate({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const text = useText();
  useEffect(() => {
    document.title = text('app.titleOf', { screen: title });
  }, [title, text]);
  return (
    <div className="gate">
      <header className="gate-head">
        <Wordmark />
        <LanguageSelect />
      </header>
      <main className="gate-body">{children}</main>
    </div>
  );
}
