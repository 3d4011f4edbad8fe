import { useText } from '../i18n/localisation';
import { useLeaveGuard } from '../router';
import { ConfirmDialog } from './confirm-dialog';

/** Asks before recordings that are not saved are left behind. */
export function UnsavedQuestion({ count }: { readonly count: number }) {
  const text = useText();
  const { isAsking, leave, stay } = useLeaveGuard(count > 0);
  if (!isAsking) return null;
  return (
    <ConfirmDialog
      title={text('leave.title')}
      confirm={text('leave.confirm')}
      cancel={text('leave.stay')}
      onConfirm={leave}
      onClose={stay}
    >
      <p>{text('leave.body', { count })}</p>
    </ConfirmDialog>
  );
}
