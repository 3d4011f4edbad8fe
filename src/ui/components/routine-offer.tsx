import '../styles/habits.css';
import { useId, useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';

/** Two phrases that are nearly always said one after the other, and the offer to make one of them. */
export function RoutineOffer() {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const headingId = useId();
  const [hasFailed, setHasFailed] = useState(false);
  const { routine } = useEchoState().habits;
  if (routine === undefined) return null;
  const first = nameOf(routine.first);
  const accept = async (): Promise<void> => {
    const accepted = await echo.learning.acceptRoutine(routine);
    setHasFailed(!accepted.ok);
    if (accepted.ok) await echo.learning.dismissOffer(routine);
  };
  return (
    <section className="routine" aria-labelledby={headingId}>
      <h2 id={headingId} className="label">
        {text('habits.routine.title')}
      </h2>
      <p>{text('habits.routine.body', { first, second: nameOf(routine.second), count: routine.count })}</p>
      {hasFailed && (
        <p className="problem" role="alert">
          {text('habits.routine.failed')}
        </p>
      )}
      <div className="row">
        <button type="button" className="button" onClick={() => void accept()}>
          {text('habits.routine.accept', { first })}
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void echo.learning.dismissOffer(routine)}
        >
          {text('habits.routine.dismiss')}
        </button>
      </div>
    </section>
  );
}
