import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, type ReactNode, use, useContext, useEffect, useMemo } from 'react';
import { assert } from '../../core/assert';
import type { Language } from '../../echo';
import { type Catalogue, type Extent, loadCatalogue } from './catalogues';
import type { MessageKey } from './en';
import { createFormats, type Formats } from './formats';

export type { MessageKey } from './en';

/** Fills the placeholders of a message of the catalogue; ICU plurals and selects included. */
export type Text = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

export interface Localisation {
  readonly language: Language;
  readonly text: Text;
  readonly formats: Formats;
}

export function createText(catalogue: Catalogue, language: Language): Text {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    let message = compiled.get(key);
    if (message === undefined) {
      const words = catalogue[key];
      assert(words !== undefined, 'words that are not in this catalogue', key);
      message = new IntlMessageFormat(words, language);
      compiled.set(key, message);
    }
    return String(message.format(values));
  };
}

const LocalisationContext = createContext<Localisation | undefined>(undefined);

/** Suspends until the words of the language are there. */
export function LocalisationProvider({
  language,
  extent,
  children,
}: {
  readonly language: Language;
  readonly extent: Extent;
  readonly children: ReactNode;
}) {
  const catalogue = use(loadCatalogue(language, extent));
  const localisation = useMemo(
    () => ({ language, text: createText(catalogue, language), formats: createFormats(language) }),
    [catalogue, language],
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <LocalisationContext value={localisation}>{children}</LocalisationContext>;
}

export function useLocalisation(): Localisation {
  const localisation = useContext(LocalisationContext);
  assert(localisation !== undefined, 'useLocalisation outside LocalisationProvider');
  return localisation;
}

export function useText(): Text {
  return useLocalisation().text;
}
