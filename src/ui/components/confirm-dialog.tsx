import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/localisation';
import { Dialog } from './dialog';

/** Asks once more before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  confirm,
  cancel,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  readonly confirm: string;
  /** In the words of the question, where "Cancel" could mean either. */
  readonly cancel?: string;
  readonly onConfirm: () => void | Promise<void>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  const text = useText();
  const [isBusy, setIsBusy] = useState(false);

  async function carryOut() {
    setIsBusy(true);
    await onConfirm();
    onClose();
  }

  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <div className="row">
        <button
          type="button"
          className="button button-danger is-final"
          disabled={isBusy}
          onClick={() => void carryOut()}
        >
          {confirm}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {cancel ?? text('common.cancel')}
        </button>
      </div>
    </Dialog>
  );
}
