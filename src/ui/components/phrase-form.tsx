import { type FormEvent, useId, useState } from 'react';
import type { PhraseView } from '../../echo';
import { actionProblem, canSave } from '../action-check';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { ActionEditor } from './action-editor';
import { ConsequenceChoice } from './consequence-choice';
import { Icon } from './icon';

/** Renames a phrase and changes what it does. */
export function PhraseForm({ phrase }: { readonly phrase: PhraseView }) {
  const echo = useEcho();
  const text = useText();
  const nameId = useId();
  const { policy } = useEchoState();
  const [name, setName] = useState(phrase.name);
  const [action, setAction] = useState(phrase.action);
  const [problem, setProblem] = useState<string>();
  const [isSaved, setIsSaved] = useState(false);
  const [consequence, setConsequence] = useState(phrase.consequence);
  const isChanged =
    name.trim() !== phrase.name ||
    consequence !== phrase.consequence ||
    JSON.stringify(action) !== JSON.stringify(phrase.action);
  const isValid = name.trim() !== '' && canSave(actionProblem(action, policy));

  async function save(event: FormEvent) {
    event.preventDefault();
    const saved = await echo.phrases.save({
      id: phrase.id,
      name: name.trim(),
      action,
      consequence,
      drafts: [],
    });
    setProblem(saved.ok ? undefined : vaultErrorText(text, saved.error));
    setIsSaved(saved.ok);
  }

  return (
    <form className="card" onSubmit={(event) => void save(event)}>
      <div className="field">
        <label className="label" htmlFor={nameId}>
          {text('teach.name')}
        </label>
        <input
          id={nameId}
          className="input"
          maxLength={120}
          value={name}
          onChange={(event) => {
            setIsSaved(false);
            setName(event.target.value);
          }}
        />
      </div>
      <h2>{text('phrase.action')}</h2>
      <ActionEditor
        action={action}
        onChange={(next) => {
          setIsSaved(false);
          // What was said about another kind of action is not about this one.
          if (next.kind !== action.kind) setConsequence(undefined);
          setAction(next);
        }}
      />
      <ConsequenceChoice
        action={action}
        chosen={consequence}
        onChange={(chosen) => {
          setIsSaved(false);
          setConsequence(chosen);
        }}
      />
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <button type="submit" className="button button-primary" disabled={!isChanged || !isValid}>
          {text('phrase.save')}
        </button>
        <span className="quiet row" role="status">
          {isSaved && !isChanged && (
            <>
              <Icon name="check" size={18} />
              {text('phrase.saved')}
            </>
          )}
        </span>
      </div>
    </form>
  );
}
