import { announcement } from '../announcement';
import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';

/**
 * Says the answer to screen readers once, when it is settled or a question is asked: while the action is
 * still under way the region stays empty, so that nothing is read twice.
 */
export function AnswerAnnouncer() {
  const { text, language } = useLocalisation();
  const { answer, history, phrases } = useEchoState();
  const interaction = history.find((one) => one.id === answer?.utteranceId);
  const words =
    answer === undefined || interaction === undefined
      ? ''
      : announcement(
          text,
          new Intl.ListFormat(language, { type: 'disjunction' }),
          answer.stage,
          interaction,
          phrases,
        );
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {words !== '' && <p key={interaction?.id}>{words}</p>}
    </div>
  );
}
