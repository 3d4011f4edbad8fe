/** The languages the interface speaks. */
export type Language = 'en' | 'zh-CN';

/** The person's choice, else the first of the browser's languages that Echo speaks, else English. */
export function resolveLanguage(choice: Language | 'auto', preferred: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}
