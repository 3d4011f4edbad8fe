import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { VaultError } from '../../echo';
import { useEcho } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { type Text, useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { Labelled } from './labelled';
import { SavingProblem } from './saving-problem';

/** A slip of the pen is told from a code that belongs to something else. */
function recoveryErrorText(text: Text, error: VaultError): string {
  return error.kind === 'wrong-passphrase' ? text('recovery.wrong') : vaultErrorText(text, error);
}

/** Opens the vault with what was written down; however it was written down. */
export function RecoveryForm() {
  const echo = useEcho();
  const text = useText();
  const [code, setCode] = useState('');
  const { isBusy, problem, save } = useSaving(recoveryErrorText);
  const field = useRef<HTMLTextAreaElement>(null);
  // It appears because somebody asked for it.
  useEffect(() => field.current?.focus(), []);

  function open(event: FormEvent) {
    event.preventDefault();
    void save(() => echo.vault.unlockWithRecoveryCode(code));
  }

  return (
    <form className="stack" onSubmit={open}>
      <Labelled label={text('recovery.label')} hint={text('recovery.inputHint')}>
        {({ id, hintId }) => (
          <textarea
            ref={field}
            id={id}
            className="input code-input"
            rows={2}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-describedby={hintId}
            aria-invalid={problem !== undefined}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </Labelled>
      <SavingProblem problem={problem} />
      <button type="submit" className="button button-primary" disabled={isBusy || code.trim() === ''}>
        {text(isBusy ? 'locked.working' : 'recovery.unlock')}
      </button>
    </form>
  );
}
