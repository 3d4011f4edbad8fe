import { useState } from 'react';
import type { Notice } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useFadingNotices } from '../hooks/use-fading-notices';
import { type Text, useText } from '../i18n/localisation';
import { failureText } from '../outcome-text';
import { vaultErrorText } from '../vault-error-text';
import { CorrectionLines } from './correction-lines';
import { Icon } from './icon';
import { NoticeCard } from './notice-card';

function plainText(text: Text, notice: Exclude<Notice, { readonly kind: 'corrected' }>): string {
  switch (notice.kind) {
    case 'action-failed':
      return text('notice.action-failed', { why: failureText(text, notice) });
    case 'rows-set-aside':
      return text('notice.rows-set-aside', { count: notice.count });
    case 'file-unreadable':
      return text('notice.file-unreadable', { name: notice.name });
    case 'bad-policy':
      return text('notice.bad-policy', { path: notice.path, message: notice.message });
    case 'vault-error':
      return vaultErrorText(text, notice.error);
    default:
      return text(`notice.${notice.kind}`);
  }
}

/** Talk shows corrections and failed actions in its own flow; only there it matters that nothing was heard. */
function isSaidElsewhere(notice: Notice, isTalk: boolean, isFailureOnShow: boolean): boolean {
  if (!isTalk) return notice.kind === 'nothing-heard';
  return notice.kind === 'corrected' || (notice.kind === 'action-failed' && isFailureOnShow);
}

/** Messages that wait to be read: one calm line each, above the bottom bar. */
export function Notices({ isTalk }: { readonly isTalk: boolean }) {
  const echo = useEcho();
  const text = useText();
  const { notices, isUpdateReady, answer, history } = useEchoState();
  const answered = history.find((interaction) => interaction.id === answer?.utteranceId);
  const isFailureOnShow = answered?.action.kind === 'failed';
  useFadingNotices();
  const [isUpdatePutOff, setIsUpdatePutOff] = useState(false);
  return (
    <section className="notices" aria-label={text('notice.region')}>
      <div className="notices-list" role="status">
        {isUpdateReady && !isUpdatePutOff && (
          <div className="notice">
            <Icon name="again" />
            <p className="notice-words">{text('update.ready')}</p>
            <div className="row notice-buttons">
              <button
                type="button"
                className="button button-primary button-small"
                onClick={() => void echo.applyUpdate()}
              >
                {text('update.now')}
              </button>
              <button
                type="button"
                className="button button-quiet button-small"
                onClick={() => setIsUpdatePutOff(true)}
              >
                {text('update.later')}
              </button>
            </div>
          </div>
        )}
        {notices.map((notice) =>
          isSaidElsewhere(notice, isTalk, isFailureOnShow) ? null : (
            <NoticeCard
              key={notice.id}
              className="notice"
              icon={notice.kind === 'corrected' ? 'check' : 'info'}
              onDismiss={() => echo.dismissNotice(notice.id)}
            >
              <div className="notice-words">
                {notice.kind === 'corrected' ? (
                  <CorrectionLines correction={notice.correction} report={notice.report} />
                ) : (
                  <p>{plainText(text, notice)}</p>
                )}
              </div>
            </NoticeCard>
          ),
        )}
      </div>
    </section>
  );
}
