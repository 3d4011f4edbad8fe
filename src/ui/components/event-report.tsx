import { useSyncExternalStore } from 'react';
import { useEcho } from '../echo-context';
import { eventTrailOf, MOST_EVENTS } from '../event-trail';
import { useLocalisation } from '../i18n/localisation';

/** Events as they happen. */
export function EventReport() {
  const { text, formats } = useLocalisation();
  const trail = eventTrailOf(useEcho());
  const events = useSyncExternalStore(
    (onChange) => trail.subscribe(onChange),
    () => trail.events,
  );
  return (
    <section className="card">
      <div className="row-apart">
        <h2>{text('developer.events')}</h2>
        {events.length > 0 && (
          <button type="button" className="button button-quiet button-small" onClick={() => trail.clear()}>
            {text('developer.events.clear')}
          </button>
        )}
      </div>
      <p className="small quiet">
        {events.length === 0
          ? text('developer.events.none')
          : text('developer.events.count', { count: events.length, most: MOST_EVENTS })}
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
