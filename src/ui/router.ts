import { useSyncExternalStore } from 'react';
import { isId, type PhraseId } from '../core/ids';

export type YouSection = 'notes' | 'timers' | 'history';

export type Route =
  | { readonly screen: 'talk' }
  | { readonly screen: 'phrases' }
  | { readonly screen: 'phrase'; readonly id: PhraseId }
  /** `withSample` opens the sample voices at once. */
  | { readonly screen: 'teach'; readonly withSample: boolean }
  | { readonly screen: 'you'; readonly section: YouSection }
  | { readonly screen: 'privacy' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'developer' };

const SIMPLE = ['talk', 'phrases', 'privacy', 'settings', 'developer'] as const;
const YOU_SECTIONS: readonly YouSection[] = ['notes', 'timers', 'history'];

/** Reads a location hash such as `#/phrases/new`. Anything it does not know leads to Talk. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', second = ''] = path.split('/');
  if (first === 'phrases' && second === 'new') {
    return { screen: 'teach', withSample: new URLSearchParams(query).has('sample') };
  }
  if (first === 'phrases' && isId<PhraseId>(second)) return { screen: 'phrase', id: second };
  if (first === 'you') {
    return { screen: 'you', section: YOU_SECTIONS.find((section) => section === second) ?? 'notes' };
  }
  const screen = SIMPLE.find((name) => name === first) ?? 'talk';
  return { screen };
}

/** The inverse of `parseRoute`, to be used as `href`. */
export function hrefOf(route: Route): string {
  switch (route.screen) {
    case 'phrase':
      return `#/phrases/${route.id}`;
    case 'teach':
      return route.withSample ? '#/phrases/new?sample' : '#/phrases/new';
    case 'you':
      return route.section === 'notes' ? '#/you' : `#/you/${route.section}`;
    default:
      return `#/${route.screen}`;
  }
}

export function goTo(route: Route): void {
  location.hash = hrefOf(route);
}

function subscribeToHash(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

export function useHash(): string {
  return useSyncExternalStore(subscribeToHash, () => location.hash);
}
