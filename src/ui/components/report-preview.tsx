import type { ParticipationView, ReportPreview } from '../../echo';
import { useNow } from '../hooks/use-now';
import { useLocalisation } from '../i18n/localisation';
import { answerText } from '../insights-answer';
import { FigureList } from './figure-list';

type Open = Extract<ParticipationView, { readonly questions: unknown }>;

/** The next report, byte for byte, and what somebody who reads it could make of it. */
export function ReportPreviewCard({ view }: { readonly view: Open }) {
  const { text, formats } = useLocalisation();
  const nowMs = useNow(60_000);
  const { preview, notBeforeMs } = view;
  return (
    <div className="stack">
      <h3>{text(view.kind === 'on' ? 'insights.next' : 'insights.next.first')}</h3>
      {preview === undefined ? (
        <p>
          {notBeforeMs > nowMs
            ? text('insights.next.later', { date: formats.date(notBeforeMs) })
            : text('insights.next.soon')}
        </p>
      ) : (
        <Preview preview={preview} endpoint={view.endpoint} />
      )}
    </div>
  );
}

function Preview({ preview, endpoint }: { readonly preview: ReportPreview; readonly endpoint: string }) {
  const localisation = useLocalisation();
  const { text, formats } = localisation;
  const { metric, buckets, value, answer, sendAfterMs, body, p, q } = preview;
  const words = (bucket: number): string => answerText(localisation, metric, buckets[bucket] ?? '');
  return (
    <>
      <FigureList
        figures={[
          [text('insights.next.question'), text(`insights.metric.${metric}`)],
          [text('insights.next.true'), value === undefined ? text('insights.next.trueGone') : words(value)],
          [text('insights.next.said'), words(answer)],
          [
            text('insights.next.when'),
            sendAfterMs === undefined
              ? text('insights.next.whenRandom')
              : text('insights.next.whenFrom', { when: formats.dateTime(sendAfterMs) }),
          ],
          [text('insights.next.where'), endpoint],
        ]}
      />
      <p className="small quiet">{text('insights.next.bytes', { bytes: body.length })}</p>
      <ReportBytes body={body} />
      <p>{text('insights.next.could', { p: formats.percent(p), q: formats.percent(q) })}</p>
      <p>{text('insights.next.couldNot')}</p>
      <p className="small quiet">{text('insights.next.network')}</p>
    </>
  );
}

/** Reports are ASCII: what one reads is what is sent. */
export function ReportBytes({ body }: { readonly body: Uint8Array<ArrayBuffer> }) {
  return <code className="report-bytes">{new TextDecoder().decode(body)}</code>;
}
