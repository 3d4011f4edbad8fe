import { useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { ConfirmDialog } from './confirm-dialog';
import { RecoveryCodeDialog } from './recovery-code-dialog';
import { WayIn } from './way-in';

/** The recovery code: make it, replace it, remove it. */
export function RecoveryWay({
  isThere,
  onChanged,
}: {
  readonly isThere: boolean;
  readonly onChanged: (message: string) => void;
}) {
  const echo = useEcho();
  const text = useText();
  const [open, setOpen] = useState<'make' | 'remove'>();
  const close = () => setOpen(undefined);

  async function remove() {
    const removed = await echo.vault.removeWayIn('recovery-code');
    onChanged(removed.ok ? text('privacy.way.removed') : vaultErrorText(text, removed.error));
  }

  return (
    <WayIn
      icon="recovery"
      name={text('privacy.way.recovery')}
      isThere={isThere}
      words={text(isThere ? 'privacy.way.recovery.has' : 'privacy.way.recovery.none')}
    >
      <button type="button" className="button button-small" onClick={() => setOpen('make')}>
        {text(isThere ? 'privacy.way.recovery.replace' : 'privacy.way.recovery.make')}
      </button>
      {isThere && (
        <button type="button" className="button button-quiet button-small" onClick={() => setOpen('remove')}>
          {text('privacy.way.recovery.remove')}
        </button>
      )}
      {open === 'make' && <RecoveryCodeDialog isReplacing={isThere} onDone={onChanged} onClose={close} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={text('privacy.way.recovery.remove.title')}
          confirm={text('privacy.way.remove.confirm')}
          onConfirm={remove}
          onClose={close}
        >
          <p>{text('privacy.way.recovery.remove.body')}</p>
        </ConfirmDialog>
      )}
    </WayIn>
  );
}
