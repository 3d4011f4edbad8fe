import '../styles/insights.css';
import { useEffect, useState } from 'react';
import type { ParticipationView } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useSaving } from '../hooks/use-saving';
import { useLocalisation } from '../i18n/localisation';
import { ConfirmDialog } from './confirm-dialog';
import { Icon } from './icon';
import { InsightsBudget } from './insights-budget';
import { InsightsQuestions } from './insights-questions';
import { InsightsReceipts } from './insights-receipts';
import { ReportPreviewCard } from './report-preview';
import { ResponsePicture } from './response-picture';
import { SavingProblem } from './saving-problem';

type Open = Extract<ParticipationView, { readonly questions: unknown }>;

/** Taking part in insights: what it is, what it would be for this person, what it cost, and the way out. */
export function InsightsSection() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { participation } = useEchoState();
  const { isBusy, problem, save } = useSaving();
  const [isLeaving, setIsLeaving] = useState(false);

  useEffect(() => {
    void echo.participation.refresh();
  }, [echo]);

  const isStoppable = participation.kind === 'on' || participation.kind === 'damaged';
  return (
    <section className="card insights">
      <h2>{text('insights.title')}</h2>
      <p>{text('insights.intro')}</p>
      {participation.kind === 'closed' && <p className="quiet">{text('insights.closed')}</p>}
      {participation.kind === 'no-endpoint' && (
        <p className="verdict-line">
          <Icon name="none" size={20} />
          <span>{text('insights.none')}</span>
        </p>
      )}
      {participation.kind === 'damaged' && (
        <p className="problem">
          <Icon name="warning" size={18} />
          {text('insights.damaged')}
        </p>
      )}
      {(participation.kind === 'off' || participation.kind === 'on') && <Details view={participation} />}
      <SavingProblem problem={problem} />
      {participation.kind === 'off' && (
        <div>
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => void save(() => echo.participation.join())}
          >
            <Icon name="check" />
            {text('insights.join')}
          </button>
        </div>
      )}
      {isStoppable && (
        <div className="row">
          {participation.kind === 'on' && participation.isMoved && (
            <button
              type="button"
              className="button"
              disabled={isBusy}
              onClick={() => void save(() => echo.participation.join())}
            >
              {text('insights.joinAgain')}
            </button>
          )}
          <button type="button" className="button" disabled={isBusy} onClick={() => setIsLeaving(true)}>
            <Icon name="close" />
            {text('insights.leave')}
          </button>
        </div>
      )}
      {isLeaving && (
        <ConfirmDialog
          title={text('insights.leave.title')}
          confirm={text('insights.leave')}
          cancel={text('insights.leave.keep')}
          onConfirm={async () => {
            await save(() => echo.participation.leave());
          }}
          onClose={() => setIsLeaving(false)}
        >
          <p>{text('insights.leave.body')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function Details({ view }: { readonly view: Open }) {
  const { text, formats } = useLocalisation();
  const yesNo = view.questions.find(({ buckets }) => buckets.length === 2);
  const isResting = view.kind === 'off' && view.preview === undefined;
  return (
    <>
      <p className="verdict-line" role="status">
        <Icon name={view.kind === 'on' ? 'check' : 'none'} size={20} />
        <span>{text(view.kind === 'on' ? 'insights.isOn' : 'insights.isOff')}</span>
      </p>
      <p>{text('insights.never', { count: view.questions.length })}</p>
      {view.isMoved && (
        <p className="problem">
          <Icon name="warning" size={18} />
          {text('insights.moved', { endpoint: view.endpoint })}
        </p>
      )}
      {view.isTimeDoubtful && (
        <p className="problem">
          <Icon name="warning" size={18} />
          {text('insights.timeDoubtful')}
        </p>
      )}
      {isResting && <p>{text('insights.rest', { date: formats.date(view.notBeforeMs) })}</p>}
      {yesNo !== undefined && <ResponsePicture p={yesNo.p} />}
      {!isResting && <ReportPreviewCard view={view} />}
      {view.kind === 'on' && <InsightsBudget view={view} />}
      {view.kind === 'on' && <InsightsReceipts receipts={view.receipts} />}
      <InsightsQuestions questions={view.questions} />
    </>
  );
}
