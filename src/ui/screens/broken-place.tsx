import { FailureReport } from '../components/failure-report';
import { Screen } from '../components/screen';
import { BUILT_IN_WORDS } from '../i18n/built-in-words';
import { useLocalisation } from '../i18n/localisation';

/** In the place of a screen that could not be shown; the navigation around it still works. */
export function BrokenPlace({ error }: { readonly error: unknown }) {
  const { language } = useLocalisation();
  return (
    <Screen title={BUILT_IN_WORDS[language].title}>
      <FailureReport language={language} error={error} />
    </Screen>
  );
}
