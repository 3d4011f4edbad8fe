import type { Language, Settings } from './settings';

/** The interface language: the person's choice, else the first of the browser's that Echo speaks. */
export function resolveLanguage(choice: Settings['language'], preferred: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}
