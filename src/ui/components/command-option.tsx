import { useEffect, useRef } from 'react';
import type { CommandMatch, CommandTarget } from '../../echo';
import { actionSummary } from '../action-summary';
import { appCommandIcon, isAppCommand } from '../app-commands';
import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';

/** For ids and keys: the same target, the same text. */
export const commandKey = (target: CommandTarget): string =>
  target.kind === 'phrase' ? target.phraseId : target.name;

/** One thing that may be meant: its name, and what it does. */
export function CommandOption({
  id,
  match,
  isActive,
  onChoose,
}: {
  readonly id: string;
  readonly match: CommandMatch;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}) {
  const { text, formats } = useLocalisation();
  const { phrases } = useEchoState();
  const option = useRef<HTMLDivElement>(null);
  const { target } = match;
  const phrase = target.kind === 'phrase' ? phrases.find((one) => one.id === target.phraseId) : undefined;
  const app = target.kind === 'app' && isAppCommand(target.name) ? target.name : undefined;

  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);

  return (
    // The keyboard works in the field, which names the active option.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      ref={option}
      className="choice command-option"
      role="option"
      aria-selected={isActive}
      onClick={onChoose}
    >
      <Icon name={phrase?.action.kind ?? (app === undefined ? 'none' : appCommandIcon(app))} />
      <span className="command-name">
        {phrase?.name ?? (app === undefined ? text('commands.removed') : text(`commands.app.${app}`))}
      </span>
      <span className="quiet command-what">
        {phrase === undefined ? text('commands.place') : actionSummary(text, formats, phrase.action)}
      </span>
    </div>
  );
}
