import '../styles/commands.css';
import type { TypedCommand } from '../../echo';
import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { actionOutcomeText } from '../outcome-text';
import { typedMeaning } from '../typed-meaning';
import { AnsweredRow } from './answered-row';
import { Icon } from './icon';

/** One thing typed: its words, what Echo made of them, correct it. */
export function TypedRow({
  command,
  nowMs,
  onCorrect,
}: {
  readonly command: TypedCommand;
  readonly nowMs: number;
  readonly onCorrect: () => void;
}) {
  const { text, formats } = useLocalisation();
  const { phrases } = useEchoState();
  const { action, heardAt, target } = command;
  const phrase = target.kind === 'phrase' ? phrases.find(({ id }) => id === target.phraseId) : undefined;
  const name = typedMeaning(text, command, phrases);
  // Where a place in the app was meant, that it was opened goes without saying.
  const result =
    action.kind === 'failed'
      ? text('outcome.failedShort')
      : target.kind === 'phrase'
        ? actionOutcomeText(text, action, phrase)
        : '';
  return (
    <AnsweredRow
      mark={
        <span className="typed-mark">
          <Icon name="keyboard" size={22} />
        </span>
      }
      name={name}
      isNothing={command.correction?.kind === 'nothing'}
      words={<span className="small typed-text">{text('commands.typed', { text: command.text })}</span>}
      when={formats.ago(heardAt, nowMs)}
      result={result}
      onCorrect={onCorrect}
    />
  );
}
