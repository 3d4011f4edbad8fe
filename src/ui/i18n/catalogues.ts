import type { Language } from '../../echo';
import type { MessageKey } from './en';

export type Catalogue = Readonly<Record<MessageKey, string>>;

const loading = new Map<Language, Promise<Catalogue>>();

async function load(language: Language): Promise<Catalogue> {
  return language === 'en' ? (await import('./en')).en : (await import('./zh-cn')).zhCn;
}

/** The words of one language, fetched once; nobody waits for words they do not read. */
export function loadCatalogue(language: Language): Promise<Catalogue> {
  const known = loading.get(language);
  if (known !== undefined) return known;
  const started = load(language);
  loading.set(language, started);
  return started;
}
