import '../styles/commands.css';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { CommandMatch, CommandRun, CommandTarget } from '../../echo';
import { appCommands, isAppCommand, runAppCommand } from '../app-commands';
import { useEcho, useEchoState } from '../echo-context';
import { useCommandMatches } from '../hooks/use-command-matches';
import { useText } from '../i18n/localisation';
import { CommandOption, commandKey } from './command-option';
import { CommandOutcome } from './command-outcome';
import { Dialog } from './dialog';

/**
 * A field in which one types what Echo should do. What may be meant is listed while one types; the arrow keys move in
 * the list, Enter does it, Escape closes. What was done stays on show, to be taken back or corrected.
 */
export function CommandBox({ onClose }: { readonly onClose: () => void }) {
  const echo = useEcho();
  const text = useText();
  const { phrases, vault } = useEchoState();
  const own = useMemo(() => appCommands(text, vault), [text, vault]);
  const fieldId = useId();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [picked, setPicked] = useState<number>();
  const [isBusy, setIsBusy] = useState(false);
  const [isWaiting, setIsWaiting] = useState(false);
  const [done, setDone] = useState<CommandRun>();
  const [correcting, setCorrecting] = useState<CommandRun>();
  const [said, setSaid] = useState('');
  const found = useCommandMatches(query, own);
  const isCurrent = found.query === query;

  // To correct something, everything can be picked before a word is typed.
  const all: readonly CommandMatch[] = useMemo(
    () =>
      [
        ...phrases.map(({ id }): CommandTarget => ({ kind: 'phrase', phraseId: id })),
        ...own.map(({ target }) => target),
      ].map((target) => ({ target, confidence: 0, isLikely: false })),
    [phrases, own],
  );
  const matches = query.trim() === '' ? (correcting === undefined ? [] : all) : found.matches;
  const [first] = matches;
  const active = picked ?? (first?.isLikely === true && correcting === undefined ? 0 : -1);
  const chosen = matches[active];

  // The person asked for this field; sending the focus elsewhere would be the surprise.
  useEffect(() => field.current?.focus(), []);

  useEffect(() => {
    if (!isWaiting || !isCurrent) return;
    setIsWaiting(false);
    if (chosen !== undefined) void choose(chosen);
  });

  function type(typed: string) {
    setQuery(typed);
    setPicked(undefined);
    setIsWaiting(false);
    setSaid('');
  }

  async function choose(match: CommandMatch) {
    if (isBusy) return;
    setIsBusy(true);
    const { target } = match;
    if (correcting === undefined) {
      const run = await echo.commands.run(query, match);
      settle(run, '');
    } else {
      const corrected = await echo.commands.correct(correcting, target);
      settle(
        corrected.ok ? corrected.value : undefined,
        text(corrected.ok ? 'commands.learnt' : 'commands.notLearnt'),
      );
    }
    // Where the app goes, the box is in the way.
    if (target.kind === 'app' && isAppCommand(target.name)) {
      onClose();
      runAppCommand(echo, target.name);
    }
  }

  async function rejectAll() {
    if (correcting === undefined) return;
    setIsBusy(true);
    const learnt = await echo.commands.correct(correcting, undefined);
    settle(undefined, text(learnt.ok ? 'commands.learnt' : 'commands.notLearnt'));
  }

  function settle(run: CommandRun | undefined, message: string) {
    setDone(run);
    setCorrecting(undefined);
    setIsBusy(false);
    setQuery('');
    setPicked(undefined);
    setSaid(message);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    // Enter that ends the choice of a character in an input method is none of ours.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (matches.length === 0) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const from = active < 0 && step < 0 ? 0 : active;
      setPicked((from + step + matches.length) % matches.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isCurrent || query === '') {
        if (chosen !== undefined) void choose(chosen);
      } else setIsWaiting(true);
    }
  }

  const isEmpty = query.trim() !== '' && isCurrent && matches.length === 0;
  const isUnsure = query.trim() !== '' && isCurrent && matches.length > 0 && first?.isLikely === false;
  return (
    <Dialog
      title={
        correcting === undefined ? text('commands.title') : text('commands.meant', { text: correcting.text })
      }
      onClose={onClose}
    >
      <label className="visually-hidden" htmlFor={fieldId}>
        {text('commands.field')}
      </label>
      <input
        id={fieldId}
        ref={field}
        className="input command-field"
        type="text"
        role="combobox"
        aria-expanded={matches.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `${listId}-${commandKey(chosen.target)}`}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={500}
        placeholder={text('commands.field')}
        value={query}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className="command-list" role="listbox" aria-label={text('commands.list')}>
        {matches.map((match, at) => (
          <CommandOption
            key={commandKey(match.target)}
            id={`${listId}-${commandKey(match.target)}`}
            match={match}
            isActive={at === active}
            onChoose={() => void choose(match)}
          />
        ))}
      </div>
      {correcting !== undefined && (
        <button type="button" className="button" disabled={isBusy} onClick={() => void rejectAll()}>
          {text('commands.nothing')}
        </button>
      )}
      <p className="command-note quiet" role="status">
        {isEmpty
          ? text('commands.none')
          : isUnsure
            ? text('commands.unsure')
            : query.trim() === ''
              ? said
              : isCurrent
                ? text('commands.count', { count: matches.length })
                : ''}
      </p>
      {done !== undefined && correcting === undefined && (
        <CommandOutcome
          run={done}
          onUndo={async () => setDone(await echo.commands.undo(done))}
          onCorrect={() => {
            setCorrecting(done);
            type('');
            field.current?.focus();
          }}
        />
      )}
      {done === undefined && query === '' && said === '' && <p className="quiet">{text('commands.hint')}</p>}
    </Dialog>
  );
}
