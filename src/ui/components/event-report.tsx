import { useEffect, useState } from 'react';
import type { LearningEvent } from '../../echo';
import { useEcho } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';

const MOST_SHOWN = 100;

/** Events as they happen, while this screen is open. */
export function EventReport() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const [events, setEvents] = useState<readonly LearningEvent[]>([]);
  const [count, setCount] = useState(0);
  useEffect(
    () =>
      echo.learning.onEvent((event) => {
        setEvents((known) => [event, ...known].slice(0, MOST_SHOWN));
        setCount((known) => known + 1);
      }),
    [echo],
  );
  return (
    <section className="card">
      <div className="row-apart">
        <h2>{text('developer.events')}</h2>
        {events.length > 0 && (
          <button type="button" className="button button-quiet button-small" onClick={() => setEvents([])}>
            {text('developer.events.clear')}
          </button>
        )}
      </div>
      <p className="small quiet">
        {count === 0 ? text('developer.events.none') : text('developer.events.count', { count })}
      </p>
      <ol className="event-list">
        {events.map((event) => (
          <li key={event.id}>
            <details>
              <summary>
                <time className="figures quiet">{formats.clock(event.at)}</time> {event.type}{' '}
                <span className="quiet">{event.source}</span>
              </summary>
              <pre className="code">{JSON.stringify(event.payload, undefined, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
