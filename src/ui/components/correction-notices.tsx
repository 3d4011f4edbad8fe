import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { CorrectionLines } from './correction-lines';
import { Icon } from './icon';

/** What corrections changed, in the flow of the Talk screen; elsewhere it is one of the messages. */
export function CorrectionNotices() {
  const echo = useEcho();
  const text = useText();
  const { notices } = useEchoState();
  return (
    <div role="status" className="correction-notices">
      {notices.map(
        (notice, index) =>
          notice.kind === 'corrected' && (
            <div
              key={`${notice.utteranceId}-${notice.report.learnedMs}`}
              className="card card-soft correction-card"
            >
              <Icon name="check" />
              <CorrectionLines correction={notice.correction} report={notice.report} />
              <button
                type="button"
                className="icon-button"
                aria-label={text('common.dismiss')}
                onClick={() => echo.dismissNotice(index)}
              >
                <Icon name="close" />
              </button>
            </div>
          ),
      )}
    </div>
  );
}
