import { useEffect, useRef, useState } from 'react';
import { useEcho } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { Dialog } from './dialog';
import { RecoveryCodeSheet } from './recovery-code-sheet';
import { SavingProblem } from './saving-problem';

/**
 * Makes a recovery code and shows it once. It counts only when somebody has shown that they kept it: closed
 * before, it is removed again, because a way in that nobody can use would be a false comfort.
 */
export function RecoveryCodeDialog({
  isReplacing,
  onDone,
  onClose,
}: {
  /** There is one already, which stops working. */
  readonly isReplacing: boolean;
  readonly onDone: (message: string) => void;
  readonly onClose: () => void;
}) {
  const echo = useEcho();
  const text = useText();
  const { isBusy, problem, save } = useSaving();
  const [code, setCode] = useState<string>();
  const isBegun = useRef(false);

  async function make() {
    await save(async () => {
      const made = await echo.vault.makeRecoveryCode();
      if (made.ok) setCode(made.value);
      return made;
    });
  }

  useEffect(() => {
    if (isReplacing || isBegun.current) return;
    isBegun.current = true;
    void make();
  });

  async function close() {
    onClose();
    if (code === undefined) return;
    const removed = await echo.vault.removeWayIn('recovery-code');
    onDone(removed.ok ? text('privacy.code.dropped') : vaultErrorText(text, removed.error));
  }

  return (
    <Dialog
      title={text(isReplacing && code === undefined ? 'privacy.code.replaceTitle' : 'privacy.code.title')}
      onClose={() => void close()}
    >
      {code !== undefined && (
        <RecoveryCodeSheet
          code={code}
          onKept={() => {
            onDone(text('privacy.code.kept'));
            onClose();
          }}
        />
      )}
      {code === undefined && isReplacing && (
        <>
          <p>{text('privacy.code.replaceBody')}</p>
          <div className="row">
            <button
              type="button"
              className="button button-primary"
              disabled={isBusy}
              onClick={() => void make()}
            >
              {text(isBusy ? 'privacy.code.making' : 'privacy.code.replaceDo')}
            </button>
            <button type="button" className="button" onClick={onClose}>
              {text('common.cancel')}
            </button>
          </div>
        </>
      )}
      {code === undefined && !isReplacing && isBusy && <p role="status">{text('privacy.code.making')}</p>}
      <SavingProblem problem={problem} />
    </Dialog>
  );
}
