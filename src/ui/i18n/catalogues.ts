import type { Language } from '../../echo';
import type { MessageKey } from './en';

/** Words by their key. What stands before the places knows only a part of them. */
export type Catalogue = Readonly<Partial<Record<MessageKey, string>>>;

/** `gate`: the few that are needed before a vault is open. `all`: those too, and the words of every place. */
export type Extent = 'gate' | 'all';

const loading = new Map<string, Promise<Catalogue>>();

async function load(language: Language, extent: Extent): Promise<Catalogue> {
  if (extent === 'gate')
    return language === 'en' ? (await import('./en-gate')).enGate : (await import('./zh-cn-gate')).zhCnGate;
  return language === 'en' ? (await import('./en')).en : (await import('./zh-cn')).zhCn;
}

/** The words of one language, fetched once; nobody waits for words they do not read. */
export function loadCatalogue(language: Language, extent: Extent): Promise<Catalogue> {
  const name = `${language} ${extent}`;
  const known = loading.get(name);
  if (known !== undefined) return known;
  const started = load(language, extent);
  loading.set(name, started);
  return started;
}

/** Fetches all words before they are asked for. Whoever asks learns that they are missing. */
export function prefetchWords(language: Language): void {
  load(language, 'all').catch(() => undefined);
}
