import type { CommandRun } from '../../echo';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { failureText } from '../outcome-text';
import { Icon } from './icon';

/** What a typed command did, and how to take it back or say that it was something else. */
export function CommandOutcome({
  run,
  onUndo,
  onCorrect,
}: {
  readonly run: CommandRun;
  readonly onUndo: () => void;
  readonly onCorrect: () => void;
}) {
  const text = useText();
  const { phrases } = useEchoState();
  const { target, outcome } = run;
  if (target.kind === 'app' || outcome === undefined) return null;
  const phrase = phrases.find(({ id }) => id === target.phraseId);
  const name = phrase?.name ?? text('commands.removed');
  return (
    <div className="command-outcome">
      <p role="status">
        {phrase?.action.kind === 'none'
          ? text('commands.didNothing', { name })
          : text('commands.did', { name, outcome: outcomeWords() })}
      </p>
      <div className="command-actions">
        {outcome.kind === 'done' && outcome.undoToken !== undefined && (
          <button type="button" className="button" onClick={onUndo}>
            <Icon name="undo" />
            {text('commands.undo')}
          </button>
        )}
        <button type="button" className="button" onClick={onCorrect}>
          {text('commands.thatWas')}
        </button>
      </div>
    </div>
  );

  function outcomeWords(): string {
    if (outcome === undefined || outcome.kind === 'not-run') return '';
    if (outcome.kind === 'undone') return text('outcome.undone');
    if (outcome.kind === 'failed') return text('outcome.failed', { why: failureText(text, outcome) });
    const what = text(`outcome.${phrase?.action.kind ?? 'done'}`);
    const hasDetail = outcome.detail !== '' && phrase?.action.kind !== 'webhook';
    return hasDetail ? text('outcome.withDetail', { what, detail: outcome.detail }) : what;
  }
}
