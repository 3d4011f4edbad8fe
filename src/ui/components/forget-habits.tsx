import { useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { learningErrorText } from '../learning-error-text';
import { ConfirmDialog } from './confirm-dialog';
import { Icon } from './icon';

/** Deletes what was observed and what was learnt from it, and says how much that was. */
export function ForgetHabits() {
  const echo = useEcho();
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  const [message, setMessage] = useState<string>();

  async function forget() {
    const forgotten = await echo.learning.forgetLearningData();
    setMessage(
      forgotten.ok
        ? text('privacy.forget.done', { count: forgotten.value })
        : learningErrorText(text, forgotten.error),
    );
    await echo.vault.refreshStatus();
  }

  return (
    <div className="stack">
      <div>
        <button type="button" className="button" onClick={() => setIsAsking(true)}>
          <Icon name="delete" />
          {text('privacy.forget')}
        </button>
      </div>
      <p role="status" className="small">
        {message}
      </p>
      {isAsking && (
        <ConfirmDialog
          title={text('privacy.forget.title')}
          confirm={text('privacy.forget.confirm')}
          onConfirm={forget}
          onClose={() => setIsAsking(false)}
        >
          <p>{text('privacy.forget.body')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
