import { type FormEvent, useId, useState } from 'react';
import type { Result } from '../../core/result';
import { useText } from '../i18n/localisation';
import { Dialog } from './dialog';
import { SavingProblem } from './saving-problem';

/** Asks for a word to be typed before something is deleted for good. */
export function TypedConfirmDialog({
  title,
  body,
  confirm,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  /** Answers with what went wrong, in the person's words. */
  readonly onConfirm: () => Promise<Result<void, string>>;
  readonly onClose: () => void;
}) {
  const text = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const word = text('privacy.delete.word');

  async function carryOut(event: FormEvent) {
    event.preventDefault();
    setIsBusy(true);
    setProblem(undefined);
    const done = await onConfirm();
    setIsBusy(false);
    if (!done.ok) return setProblem(done.error);
    onClose();
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void carryOut(event)}>
        <p>{body}</p>
        <div className="field">
          <label className="label" htmlFor={id}>
            {text('privacy.delete.type', { word })}
          </label>
          <input
            id={id}
            className="input"
            autoComplete="off"
            autoCapitalize="none"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <SavingProblem problem={problem} />
        <div className="row">
          <button
            type="submit"
            className="button button-danger is-final"
            disabled={isBusy || typed.trim().toLowerCase() !== word}
          >
            {confirm}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {text('common.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
