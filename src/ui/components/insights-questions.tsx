import type { AnswerOdds } from '../../echo';
import { useLocalisation } from '../i18n/localisation';
import { answerText } from '../insights-answer';

/** Everything that can ever be asked, with every answer there is. */
export function InsightsQuestions({ questions }: { readonly questions: readonly AnswerOdds[] }) {
  const localisation = useLocalisation();
  const { text, formats } = localisation;
  return (
    <details className="questions">
      <summary>{text('insights.questions')}</summary>
      <ol className="receipts">
        {questions.map(({ metric, buckets, p }) => (
          <li key={metric} className="receipt">
            <p>{text(`insights.metric.${metric}`)}</p>
            <ul className="answers">
              {buckets.map((bucket) => (
                <li key={bucket} className="answer-bucket small">
                  {answerText(localisation, metric, bucket)}
                </li>
              ))}
            </ul>
            <p className="small quiet">{text('insights.questions.chance', { p: formats.percent(p) })}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}
