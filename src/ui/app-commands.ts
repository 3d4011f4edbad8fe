import type { Command, Echo, EchoState } from '../echo';
import type { IconName } from './components/icon';
import type { Text } from './i18n/localisation';
import { goTo, type Route } from './router';

const PLACES = {
  talk: { route: { screen: 'talk' }, icon: 'talk' },
  phrases: { route: { screen: 'phrases' }, icon: 'phrases' },
  teach: { route: { screen: 'teach', withSample: false }, icon: 'add' },
  notes: { route: { screen: 'you', section: 'notes' }, icon: 'you' },
  timers: { route: { screen: 'you', section: 'timers' }, icon: 'timer' },
  history: { route: { screen: 'you', section: 'history' }, icon: 'again' },
  sound: { route: { screen: 'you', section: 'sound' }, icon: 'sample' },
  voice: { route: { screen: 'you', section: 'voice' }, icon: 'you' },
  privacy: { route: { screen: 'privacy' }, icon: 'privacy' },
  settings: { route: { screen: 'settings' }, icon: 'settings' },
  developer: { route: { screen: 'developer' }, icon: 'developer' },
} as const satisfies Record<string, { route: Route; icon: IconName }>;

type PlaceName = keyof typeof PLACES;
export type AppCommandName = PlaceName | 'listen' | 'lock';

const NAMES: readonly AppCommandName[] = [...(Object.keys(PLACES) as PlaceName[]), 'listen', 'lock'];

const isPlace = (name: string): name is PlaceName => Object.hasOwn(PLACES, name);
export const isAppCommand = (name: string): name is AppCommandName => NAMES.some((known) => known === name);

/** What the app can do by itself, in the words of the language that is on show. */
export function appCommands(text: Text, vault: EchoState['vault']): readonly Command[] {
  // Where no passphrase is set there is nothing that a lock would keep.
  const canLock = vault.kind === 'open' && vault.protection === 'passphrase';
  return NAMES.filter((name) => name !== 'lock' || canLock).map((name) => ({
    target: { kind: 'app', name },
    names: [text(`commands.app.${name}`), ...text(`commands.app.${name}Words`).split(/[,，]\s*/)],
  }));
}

export function appCommandIcon(name: AppCommandName): IconName {
  return isPlace(name) ? PLACES[name].icon : name === 'lock' ? 'lock' : 'talk';
}

export function runAppCommand(echo: Echo, name: AppCommandName): void {
  if (name === 'lock') void echo.vault.lock();
  else if (isPlace(name)) goTo(PLACES[name].route);
  else {
    goTo({ screen: 'talk' });
    void echo.talk.start('hands-free');
  }
}
