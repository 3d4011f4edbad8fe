import type { ReportReceipt } from '../../echo';
import { useLocalisation } from '../i18n/localisation';
import { answerText } from '../insights-answer';
import { ReportBytes } from './report-preview';

/** A receipt for every report: when, what was said, what it cost, and its bytes. */
export function InsightsReceipts({ receipts }: { readonly receipts: readonly ReportReceipt[] }) {
  const localisation = useLocalisation();
  const { text, formats } = localisation;
  return (
    <div className="stack">
      <h3>{text('insights.receipts')}</h3>
      {receipts.length === 0 && <p className="quiet">{text('insights.receipts.none')}</p>}
      <ol className="receipts">
        {receipts.map(({ id, metric, bucket, epsilon, madeAtMs, body, delivery }) => (
          <li key={id} className="receipt">
            <p>
              {text(`insights.metric.${metric}`)} <strong>{answerText(localisation, metric, bucket)}</strong>
            </p>
            <p className="small quiet receipt-facts">
              <time dateTime={new Date(madeAtMs).toISOString()}>{formats.dateTime(madeAtMs)}</time>
              <span>{text('insights.receipts.cost', { bytes: body.length, epsilon })}</span>
              <span>{text(`insights.receipts.${delivery}`)}</span>
            </p>
            <details>
              <summary className="small">{text('insights.receipts.bytes')}</summary>
              <ReportBytes body={body} />
            </details>
          </li>
        ))}
      </ol>
    </div>
  );
}
