import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { assert } from '../../core/assert';
import type { Language } from '../../echo';
import { en, type MessageKey } from './en';
import { createFormats, type Formats } from './formats';
import { zhCn } from './zh-cn';

export type { MessageKey } from './en';

/** Fills the placeholders of a message of the catalogue; ICU plurals and selects included. */
export type Text = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

export interface Localisation {
  readonly language: Language;
  readonly text: Text;
  readonly formats: Formats;
}

const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  en,
  'zh-CN': zhCn,
};

export function createText(language: Language): Text {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    let message = compiled.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(catalogues[language][key], language);
      compiled.set(key, message);
    }
    return String(message.format(values));
  };
}

const LocalisationContext = createContext<Localisation | undefined>(undefined);

export function LocalisationProvider({
  language,
  children,
}: {
  readonly language: Language;
  readonly children: ReactNode;
}) {
  const localisation = useMemo(
    () => ({ language, text: createText(language), formats: createFormats(language) }),
    [language],
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
