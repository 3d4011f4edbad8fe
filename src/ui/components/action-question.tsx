import { useEffect, useRef } from 'react';
import type { UtteranceId } from '../../core/ids';
import type { Answer } from '../../echo';
import { useEcho } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';

/** "Do it?", or the moment in which what is about to be done can be stopped. Says why it is asked. */
export function ActionQuestion({ id, answer }: { readonly id: UtteranceId; readonly answer: Answer }) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const nowMs = useNow(250);
  const isHolding = answer.stage === 'holding';
  const first = useRef<HTMLButtonElement>(null);
  // The question waits for an answer: a keyboard gets to it at once, unless somebody is typing elsewhere.
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) first.current?.focus();
  }, []);
  const reason = answer.decision?.reason;
  return (
    <fieldset className="action-question">
      <legend className="answer-question">
        {isHolding
          ? text('consent.holding', {
              time: formats.countdown(Math.max(0, (answer.runsAt ?? nowMs) - nowMs)),
            })
          : text('consent.ask')}
      </legend>
      {reason !== undefined && <p className="quiet">{text(`consent.reason.${reason}`)}</p>}
      <div className="row answer-buttons">
        <button
          ref={first}
          type="button"
          className="button button-primary"
          onClick={() => echo.talk.answerAction(id, !isHolding)}
        >
          <Icon name={isHolding ? 'stop' : 'check'} />
          {text(isHolding ? 'consent.stop' : 'consent.yes')}
        </button>
        <button type="button" className="button" onClick={() => echo.talk.answerAction(id, isHolding)}>
          {text(isHolding ? 'consent.now' : 'consent.no')}
        </button>
      </div>
    </fieldset>
  );
}
