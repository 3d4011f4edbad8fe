import '../styles/habits.css';
import { useId } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';
import { actionOutcomeText } from '../outcome-text';
import { Icon } from './icon';

/** At most two things that are probably wanted now. A tap does them; each can be put away. */
export function HabitSuggestions() {
  const echo = useEcho();
  const text = useText();
  const nameOf = usePhraseName();
  const headingId = useId();
  const { habits, phrases, answer } = useEchoState();
  const { suggestions, taken } = habits;
  // A question comes first.
  if (answer?.stage === 'asking' || (suggestions.length === 0 && taken === undefined)) return null;
  const done = phrases.find(({ id }) => id === taken?.phraseId);
  const canUndo = taken?.outcome.kind === 'done' && taken.outcome.undoToken !== undefined;
  return (
    <section className="suggestions" aria-labelledby={suggestions.length > 0 ? headingId : undefined}>
      {suggestions.length > 0 && (
        <>
          <h2 id={headingId} className="label" title={text('habits.why')}>
            {text('habits.suggestions')}
          </h2>
          <ul className="suggestion-list">
            {suggestions.map(({ phraseId }) => {
              const name = nameOf(phraseId);
              const phrase = phrases.find(({ id }) => id === phraseId);
              return (
                <li key={phraseId} className="suggestion">
                  <button
                    type="button"
                    className="button suggestion-do"
                    aria-label={text('habits.do', { name })}
                    onClick={() => void echo.learning.takeSuggestion(phraseId)}
                  >
                    {phrase !== undefined && <Icon name={phrase.action.kind} size={20} />}
                    <span>{name}</span>
                  </button>
                  <button
                    type="button"
                    className="icon-button"
                    aria-label={text('habits.dismiss', { name })}
                    onClick={() => void echo.learning.dismissOffer(phraseId)}
                  >
                    <Icon name="close" />
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
      {taken !== undefined && (
        <div className="row suggestion-taken" role="status">
          <span>
            {text('habits.taken', {
              name: nameOf(taken.phraseId),
              outcome: actionOutcomeText(text, taken.outcome, done),
            })}
          </span>
          {canUndo && (
            <button
              type="button"
              className="button button-small"
              onClick={() => void echo.learning.undoSuggestion()}
            >
              <Icon name="undo" size={18} />
              {text('answer.undo')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
