import { type FormEvent, useId, useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { Dialog } from './dialog';

/** Deletes all there is, after a word was typed. */
export function DeleteEverythingDialog({ onClose }: { readonly onClose: () => void }) {
  const echo = useEcho();
  const text = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const word = text('privacy.delete.word');

  async function destroy(event: FormEvent) {
    event.preventDefault();
    const destroyed = await echo.vault.destroy();
    if (!destroyed.ok) return setProblem(vaultErrorText(text, destroyed.error));
    onClose();
  }

  return (
    <Dialog title={text('privacy.delete.title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void destroy(event)}>
        <p>{text('privacy.delete.body')}</p>
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
        {problem !== undefined && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="row">
          <button
            type="submit"
            className="button button-danger is-final"
            disabled={typed.trim().toLowerCase() !== word}
          >
            {text('privacy.delete.confirm')}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {text('common.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
