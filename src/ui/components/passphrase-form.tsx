import { type FormEvent, type ReactNode, useState } from 'react';
import type { Result } from '../../core/result';
import type { VaultError } from '../../echo';
import { useSaving } from '../hooks/use-saving';
import { useText } from '../i18n/localisation';
import { PassphraseField } from './passphrase-field';
import { SavingProblem } from './saving-problem';

/** Asks for a passphrase, hands it over once, and says what was wrong with it. */
export function PassphraseForm({
  label,
  isNew = false,
  needsPassphrase = true,
  isReady = true,
  isWide = false,
  submit,
  working,
  onSubmit,
  children,
}: {
  readonly label: string;
  /** It is being chosen, not repeated. */
  readonly isNew?: boolean;
  /** Without it only the button is left, and the passphrase handed over is empty. */
  readonly needsPassphrase?: boolean;
  /** Whether everything else that the form asks for is there. */
  readonly isReady?: boolean;
  readonly isWide?: boolean;
  readonly submit: string;
  readonly working: string;
  readonly onSubmit: (passphrase: string) => Promise<Result<void, VaultError>>;
  /** What stands above the passphrase. */
  readonly children?: ReactNode;
}) {
  const text = useText();
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, problem, save } = useSaving();

  function handOver(event: FormEvent) {
    event.preventDefault();
    void save(() => onSubmit(needsPassphrase ? passphrase : ''));
  }

  return (
    <form className="stack" onSubmit={handOver}>
      {children}
      {needsPassphrase && (
        <PassphraseField
          label={label}
          hint={isNew ? text('passphrase.hint') : undefined}
          problem={problem}
          value={passphrase}
          isNew={isNew}
          onChange={setPassphrase}
        />
      )}
      {!needsPassphrase && <SavingProblem problem={problem} />}
      <button
        type="submit"
        className={isWide ? 'button button-primary button-wide' : 'button button-primary'}
        disabled={isBusy || !isReady || (needsPassphrase && passphrase === '')}
      >
        {isBusy ? working : submit}
      </button>
    </form>
  );
}
