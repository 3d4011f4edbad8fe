import type { Language, Settings } from '../../echo';

/** The language to speak: the person's choice, else the first of the browser's that we have. */
export function resolveLanguage(choice: Settings['language'], browserLanguages: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  for (const tag of browserLanguages) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'en') return 'en';
    if (primary === 'zh') return 'zh-CN';
  }
  return 'en';
}
