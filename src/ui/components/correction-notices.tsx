import { useEcho, useEchoState } from '../echo-context';
import { CorrectionLines } from './correction-lines';
import { NoticeCard } from './notice-card';

/** What corrections changed, in the flow of the Talk screen; elsewhere it is one of the messages. */
export function CorrectionNotices() {
  const echo = useEcho();
  const { notices } = useEchoState();
  return (
    <div role="status" className="correction-notices">
      {notices.map(
        (notice) =>
          notice.kind === 'corrected' && (
            <NoticeCard
              key={notice.id}
              className="card card-soft correction-card"
              icon="check"
              onDismiss={() => echo.dismissNotice(notice.id)}
            >
              <CorrectionLines correction={notice.correction} report={notice.report} />
            </NoticeCard>
          ),
      )}
    </div>
  );
}
