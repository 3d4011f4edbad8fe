import type { Settings } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';

/** Languages are named in themselves, so that nobody is locked out of their own. */
const OWN_NAMES = { en: 'English', 'zh-CN': '简体中文' } as const;

export function LanguageSelect({ id }: { readonly id?: string }) {
  const echo = useEcho();
  const text = useText();
  const { settings } = useEchoState();
  return (
    <select
      id={id}
      className="input language-select"
      aria-label={id === undefined ? text('settings.language') : undefined}
      value={settings.language}
      onChange={(event) => {
        const language = event.target.value as Settings['language'];
        echo.setSettings((current) => ({ ...current, language }));
      }}
    >
      <option value="auto">{text('settings.language.auto')}</option>
      {Object.entries(OWN_NAMES).map(([language, name]) => (
        <option key={language} value={language} lang={language}>
          {name}
        </option>
      ))}
    </select>
  );
}
