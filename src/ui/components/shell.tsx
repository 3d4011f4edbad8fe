import '../styles/shell.css';
import type { ReactNode } from 'react';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { hrefOf, type Route } from '../router';
import { CommandButton } from './command-button';
import { Icon, type IconName } from './icon';
import { Notices } from './notices';
import { Ringing } from './ringing';
import { StatusLine } from './status-line';
import { Wordmark } from './wordmark';

const PLACES = [
  { name: 'talk', route: { screen: 'talk' } },
  { name: 'phrases', route: { screen: 'phrases' } },
  { name: 'you', route: { screen: 'you', section: 'notes' } },
  { name: 'privacy', route: { screen: 'privacy' } },
] as const satisfies readonly { name: IconName; route: Route }[];

const MORE = ['settings', 'developer'] as const;

/** Which place of the navigation a route belongs to. */
function placeOf(route: Route): string {
  return route.screen === 'phrase' || route.screen === 'teach' ? 'phrases' : route.screen;
}

function PlaceLink({
  name,
  route,
  current,
}: {
  name: IconName & keyof typeof LABELS;
  route: Route;
  current: string;
}) {
  const text = useText();
  return (
    <a className="place" href={hrefOf(route)} aria-current={current === name ? 'page' : undefined}>
      <Icon name={name} size={24} />
      <span>{text(LABELS[name])}</span>
    </a>
  );
}

const LABELS = {
  talk: 'nav.talk',
  phrases: 'nav.phrases',
  you: 'nav.you',
  privacy: 'nav.privacy',
  settings: 'nav.settings',
  developer: 'nav.developer',
} as const;

/** Who is here, where it could be somebody else; leads to where one switches. */
function CurrentPerson({
  className,
  onClick,
}: {
  readonly className: string;
  readonly onClick?: () => void;
}) {
  const text = useText();
  const { profiles } = useEchoState();
  const current = profiles.find((person) => person.isCurrent);
  if (profiles.length < 2 || current === undefined) return null;
  const name = current.name === '' ? text('people.unnamed') : current.name;
  return (
    <a
      className={className}
      href={hrefOf({ screen: 'settings' })}
      aria-label={text('settings.people.nav', { name })}
      onClick={onClick}
    >
      <Icon name="people" size={24} />
      <span className="person-here">{name}</span>
    </a>
  );
}

const closeMenu = () => document.getElementById('more-places')?.hidePopover();

/** The frame around every place: bottom bar and menu on a phone, a rail from 900 px. */
export function Shell({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  const text = useText();
  const current = placeOf(route);
  return (
    <div className="shell">
      <button
        type="button"
        className="skip button"
        onClick={() => document.querySelector<HTMLElement>('#content h1')?.focus()}
      >
        {text('app.skip')}
      </button>
      <header className="top">
        <Wordmark />
        <StatusLine />
        <CommandButton />
        <button
          type="button"
          className="icon-button menu-button"
          popoverTarget="more-places"
          aria-label={text('nav.menu')}
        >
          <Icon name="menu" />
        </button>
        <nav id="more-places" popover="auto" className="menu" aria-label={text('nav.menu')}>
          {MORE.map((name) => (
            <a
              key={name}
              className="menu-item"
              href={hrefOf({ screen: name })}
              aria-current={current === name ? 'page' : undefined}
              onClick={closeMenu}
            >
              <Icon name={name} />
              {text(LABELS[name])}
            </a>
          ))}
          <CurrentPerson className="menu-item" onClick={closeMenu} />
        </nav>
      </header>
      <nav className="places" aria-label={text('nav.label')}>
        {PLACES.map((place) => (
          <PlaceLink key={place.name} name={place.name} route={place.route} current={current} />
        ))}
        <div className="places-more">
          {MORE.map((name) => (
            <PlaceLink key={name} name={name} route={{ screen: name }} current={current} />
          ))}
          <CurrentPerson className="place" />
        </div>
      </nav>
      <main id="content" className="content">
        <Ringing />
        {children}
      </main>
      <Notices isTalk={route.screen === 'talk'} />
    </div>
  );
}
