import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Echo } from '../echo';
import { ErrorBoundary } from './components/error-boundary';
import { EchoProvider, useEchoState } from './echo-context';
import { useLanguage, useTheme } from './hooks/use-preferences';
import { prefetchWords } from './i18n/catalogues';
import { LocalisationProvider, useLocalisation } from './i18n/localisation';
import { BrokenApp } from './screens/broken-app';
import { Elsewhere } from './screens/elsewhere';
import { Locked } from './screens/locked';
import { Lost } from './screens/lost';
import { Opening } from './screens/opening';
import { PassphraseRequired } from './screens/passphrase-required';
import { Unavailable } from './screens/unavailable';
import { Welcome } from './screens/welcome';

/** Fetched while somebody still stands before a closed vault, so that the first answer does not wait for it. */
const fetchPlaces = () => import('./screens/places');
const Places = lazy(async () => ({ default: (await fetchPlaces()).Places }));

/** The whole interface. It talks to the façade and to nothing else. */
export function EchoApp({ echo }: { readonly echo: Echo }) {
  return (
    <EchoProvider echo={echo}>
      <Localised />
    </EchoProvider>
  );
}

function Localised() {
  const { settings } = useEchoState();
  const language = useLanguage(settings.language);
  useTheme(settings.theme);
  return (
    <ErrorBoundary resetKey={language} fallback={(error) => <BrokenApp language={language} error={error} />}>
      <Suspense>
        <LocalisationProvider language={language} extent="gate">
          <Gate />
        </LocalisationProvider>
      </Suspense>
    </ErrorBoundary>
  );
}

/** What stands before the places: the state of the vault decides. */
function Gate() {
  const { language } = useLocalisation();
  const { vault, policy, isElsewhere } = useEchoState();
  const [isStartingAnew, setIsStartingAnew] = useState(false);
  const isClosed = vault.kind === 'absent' || vault.kind === 'locked';
  useEffect(() => {
    if (!isClosed) return;
    prefetchWords(language);
    // Whoever gets there learns that it is missing.
    fetchPlaces().catch(() => undefined);
  }, [isClosed, language]);
  if (isElsewhere) return <Elsewhere />;
  switch (vault.kind) {
    case 'opening':
      return <Opening />;
    case 'unavailable':
      return <Unavailable detail={vault.detail} />;
    case 'absent':
      return vault.wasLost && !isStartingAnew ? (
        <Lost onStartAnew={() => setIsStartingAnew(true)} />
      ) : (
        <Welcome />
      );
    case 'locked':
      return <Locked protection={vault.protection} waysIn={vault.waysIn} />;
    case 'open':
      return policy.requirePassphrase && vault.protection === 'convenience' ? (
        <PassphraseRequired />
      ) : (
        <LocalisationProvider language={language} extent="all">
          <Places />
        </LocalisationProvider>
      );
  }
}
