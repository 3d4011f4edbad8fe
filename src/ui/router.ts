import { useEffect, useState, useSyncExternalStore } from 'react';
import { isId, type PhraseId } from '../core/ids';

export type YouSection = 'notes' | 'timers' | 'history' | 'sound' | 'voice' | 'habits' | 'changes';

export type Route =
  | { readonly screen: 'talk' }
  | { readonly screen: 'phrases' }
  /** `isRecording` opens the recorder at once. */
  | { readonly screen: 'phrase'; readonly id: PhraseId; readonly isRecording?: true }
  /** `withSample` opens the sample voices at once. */
  | { readonly screen: 'teach'; readonly withSample: boolean }
  | { readonly screen: 'you'; readonly section: YouSection }
  | { readonly screen: 'privacy' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'developer' };

const SIMPLE = ['talk', 'phrases', 'privacy', 'settings', 'developer'] as const;
const YOU_SECTIONS: readonly YouSection[] = [
  'notes',
  'timers',
  'history',
  'sound',
  'voice',
  'habits',
  'changes',
];

/** Reads a location hash such as `#/phrases/new`. Anything it does not know leads to Talk. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', second = ''] = path.split('/');
  if (first === 'phrases' && second === 'new') {
    return { screen: 'teach', withSample: new URLSearchParams(query).has('sample') };
  }
  if (first === 'phrases' && isId<PhraseId>(second)) {
    const isRecording = new URLSearchParams(query).has('record');
    return { screen: 'phrase', id: second, ...(isRecording ? { isRecording } : {}) };
  }
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
      return `#/phrases/${route.id}${route.isRecording === true ? '?record' : ''}`;
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

/** Goes there without the question of `useLeaveGuard`: what it asks about has just been saved. */
export function goToSaved(route: Route): void {
  onAddressAhead = undefined;
  goTo(route);
}

/** The address that is on show; while somebody is asked whether to leave, the real one is ahead of it. */
let shownHash: string | undefined;
/** Where that address stands in the history of this tab. */
let shownPosition = -1;
/** Told, instead of following, that the address moved ahead of what is on show, or came back to it. */
let onAddressAhead: ((isAhead: boolean) => void) | undefined;
const listeners = new Set<() => void>();

/** The position that an entry of the history was given when it was shown; none if it is new. */
function positionHere(): number | undefined {
  const state: unknown = history.state;
  if (typeof state !== 'object' || state === null || !('position' in state)) return undefined;
  return typeof state.position === 'number' ? state.position : undefined;
}

function showAddress(): void {
  shownHash = location.hash;
  const known = positionHere();
  shownPosition = known ?? shownPosition + 1;
  if (known === undefined) history.replaceState({ position: shownPosition }, '');
}

function follow(): void {
  showAddress();
  for (const listener of listeners) listener();
}

function onHashChange(): void {
  if (onAddressAhead === undefined) follow();
  else onAddressAhead(location.hash !== shownHash);
}

function subscribeToHash(onChange: () => void): () => void {
  if (listeners.size === 0) {
    showAddress();
    addEventListener('hashchange', onHashChange);
  }
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
    if (listeners.size > 0) return;
    shownHash = undefined;
    removeEventListener('hashchange', onHashChange);
  };
}

export function useHash(): string {
  return useSyncExternalStore(subscribeToHash, () => shownHash ?? location.hash);
}

export interface LeaveGuard {
  /** The person is about to go somewhere else: a link, the back button, an address typed in. */
  readonly isAsking: boolean;
  readonly leave: () => void;
  readonly stay: () => void;
}

/** While active, going elsewhere waits for an answer; closing or reloading the page asks in the browser's words. */
export function useLeaveGuard(isActive: boolean): LeaveGuard {
  const [isAsking, setIsAsking] = useState(false);

  useEffect(() => {
    if (!isActive) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    onAddressAhead = setIsAsking;
    addEventListener('beforeunload', ask);
    return () => {
      if (onAddressAhead === setIsAsking) onAddressAhead = undefined;
      removeEventListener('beforeunload', ask);
    };
  }, [isActive]);

  return {
    isAsking,
    leave: follow,
    stay() {
      setIsAsking(false);
      // A new entry lies one ahead; the back button went to one that knows its place.
      if (location.hash !== shownHash) history.go(shownPosition - (positionHere() ?? shownPosition + 1));
    },
  };
}
