import { useState } from 'react';
import type { Result } from '../../core/result';
import type { VaultError } from '../../echo';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { ConfirmDialog } from './confirm-dialog';

/** Takes a way in away, after a question; `onChanged` hears in words what came of it. */
export function RemoveWay({
  label,
  title,
  body,
  confirm,
  done,
  remove,
  onChanged,
}: {
  readonly label: string;
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  /** Said once it is removed. */
  readonly done: string;
  readonly remove: () => Promise<Result<void, VaultError>>;
  readonly onChanged: (message: string) => void;
}) {
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);

  async function confirmed() {
    const removed = await remove();
    onChanged(removed.ok ? done : vaultErrorText(text, removed.error));
  }

  return (
    <>
      <button type="button" className="button button-quiet button-small" onClick={() => setIsAsking(true)}>
        {label}
      </button>
      {isAsking && (
        <ConfirmDialog
          title={title}
          confirm={confirm}
          onConfirm={confirmed}
          onClose={() => setIsAsking(false)}
        >
          <p>{body}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
