import { useId, useState } from 'react';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';

/** A passphrase with a way to look at it, which prevents more mistakes than typing it twice. */
export function PassphraseField({
  label,
  hint,
  problem,
  value,
  isNew,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly isNew: boolean;
  readonly onChange: (value: string) => void;
}) {
  const text = useText();
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  const describedBy = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <div className="with-button">
        <input
          id={id}
          className="input"
          type={isShown ? 'text' : 'password'}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          className="icon-button"
          aria-pressed={isShown}
          aria-label={text(isShown ? 'passphrase.hide' : 'passphrase.show')}
          onClick={() => setIsShown(!isShown)}
        >
          <Icon name={isShown ? 'eyeClosed' : 'eye'} />
        </button>
      </div>
      {problem && (
        <p id={`${id}-problem`} className="problem" role="alert">
          <Icon name="warning" size={18} />
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
