import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import { Suspense } from 'react';
import type { Echo } from '../echo';
import { ErrorBoundary } from './components/error-boundary';
import { EchoProvider, useEchoState } from './echo-context';
import { useLanguage, useTheme } from './hooks/use-preferences';
import { LocalisationProvider } from './i18n/localisation';
import { BrokenApp } from './screens/broken';
import { Elsewhere } from './screens/elsewhere';
import { Locked } from './screens/locked';
import { Opening } from './screens/opening';
import { PassphraseRequired } from './screens/passphrase-required';
import { Places } from './screens/places';
import { Unavailable } from './screens/unavailable';
import { Welcome } from './screens/welcome';

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
        <LocalisationProvider language={language}>
          <Gate />
        </LocalisationProvider>
      </Suspense>
    </ErrorBoundary>
  );
}

/** What stands before the places: the state of the vault decides. */
function Gate() {
  const { vault, policy, isElsewhere } = useEchoState();
  if (isElsewhere) return <Elsewhere />;
  switch (vault.kind) {
    case 'opening':
      return <Opening />;
    case 'unavailable':
      return <Unavailable detail={vault.detail} />;
    case 'absent':
      return <Welcome />;
    case 'locked':
      return <Locked protection={vault.protection} />;
    case 'open':
      return policy.requirePassphrase && vault.protection === 'convenience' ? (
        <PassphraseRequired />
      ) : (
        <Places />
      );
  }
}
