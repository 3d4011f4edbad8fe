import { useId, useState } from 'react';
import type { CommandTarget, TypedCommand } from '../../echo';
import { appCommandIcon, appCommands, isAppCommand } from '../app-commands';
import { useEcho, useEchoState } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { useText } from '../i18n/localisation';
import { containsText } from '../text-search';
import { targetName } from '../typed-meaning';
import { commandKey } from './command-option';
import { Dialog } from './dialog';
import { Icon } from './icon';
import { SavingProblem } from './saving-problem';

/** "What did you mean by …?": the person says what something they typed should have been, and Echo learns from it. */
export function TypedWasDialog({
  command,
  onClose,
}: {
  readonly command: TypedCommand;
  readonly onClose: () => void;
}) {
  const echo = useEcho();
  const text = useText();
  const listId = useId();
  const { phrases, vault } = useEchoState();
  const [filter, setFilter] = useState('');
  const { isBusy, problem, save } = useSaving<unknown>((say) => say('commands.notRelabelled'));

  const targets: readonly CommandTarget[] = [
    ...phrases.map(({ id }) => ({ kind: 'phrase', phraseId: id }) as const),
    ...appCommands(text, vault).map(({ target }) => target),
  ];
  const shown = targets.filter((target) => containsText(targetName(text, target, phrases), filter));

  async function relabel(target: CommandTarget | undefined) {
    if (await save(() => echo.commands.relabel(command.id, target))) onClose();
  }

  return (
    <Dialog title={text('commands.meant', { text: command.text })} onClose={onClose}>
      <SavingProblem problem={problem} />
      <input
        type="search"
        className="input"
        aria-label={text('commands.filter')}
        placeholder={text('commands.filter')}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <h3 id={listId} className="visually-hidden">
        {text('commands.list')}
      </h3>
      <ul className="choice-list" aria-labelledby={listId}>
        {shown.map((target) => (
          <li key={commandKey(target)}>
            <button type="button" className="choice" disabled={isBusy} onClick={() => void relabel(target)}>
              <Icon name={iconOf(target)} />
              {targetName(text, target, phrases)}
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="quiet">{text('commands.none')}</p>}
      <ul className="choice-list that-was-more">
        <li>
          <button type="button" className="choice" disabled={isBusy} onClick={() => void relabel(undefined)}>
            <Icon name="none" />
            {text('commands.nothing')}
          </button>
        </li>
      </ul>
    </Dialog>
  );

  function iconOf(target: CommandTarget) {
    if (target.kind === 'app') return isAppCommand(target.name) ? appCommandIcon(target.name) : 'none';
    return phrases.find(({ id }) => id === target.phraseId)?.action.kind ?? 'none';
  }
}
