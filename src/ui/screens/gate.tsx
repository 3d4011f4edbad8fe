import '../styles/gate.css';
import { type ReactNode, useEffect } from 'react';
import { Icon, type IconName } from '../components/icon';
import { LanguageSelect } from '../components/language-select';
import { Wordmark } from '../components/wordmark';
import { useCountsAsScreen } from '../hooks/use-heading-focus';
import { useText } from '../i18n/localisation';

/** The frame of everything that comes before the places. */
export function Gate({
  title,
  icon,
  isPassing = false,
  children,
}: {
  readonly title: string;
  readonly icon?: IconName;
  /** It goes by itself, without the person doing anything. */
  readonly isPassing?: boolean;
  readonly children: ReactNode;
}) {
  const text = useText();
  useCountsAsScreen(!isPassing);
  useEffect(() => {
    document.title = text('app.titleOf', { screen: title });
  }, [title, text]);
  return (
    <div className="gate">
      <header className="gate-head">
        <Wordmark />
        <LanguageSelect />
      </header>
      <main className="gate-body">
        {icon !== undefined && (
          <span className="gate-icon">
            <Icon name={icon} size={36} />
          </span>
        )}
        {children}
      </main>
    </div>
  );
}
