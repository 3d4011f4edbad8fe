import { useState } from 'react';
import type { Timer } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useLocalisation } from '../i18n/localisation';
import { timerLabel } from '../timer-label';
import { Icon } from './icon';

/** Everything that runs or rang, and whether the browser may say so outside the page. */
export function TimersList() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { timers } = useEchoState();
  const [permission, setPermission] = useState<'granted' | 'denied' | 'unsupported'>();
  return (
    <div className="stack">
      {timers.length === 0 ? (
        <p className="quiet">{text('timers.none')}</p>
      ) : (
        <ul className="list">
          {timers.map((timer) => (
            <TimerRow key={timer.id} timer={timer} />
          ))}
        </ul>
      )}
      <section className="card">
        <p role="status">
          {permission === undefined ? text('timers.notifyHint') : text(`timers.notify.${permission}`)}
        </p>
        {permission === undefined && (
          <div>
            <button
              type="button"
              className="button"
              onClick={() => void echo.timers.askToNotify().then(setPermission)}
            >
              {text('timers.notify')}
            </button>
          </div>
        )}
      </section>
    </div>
  );
}

function TimerRow({ timer }: { readonly timer: Timer }) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const nowMs = useNow(500);
  const label = timerLabel(text, timer);
  const isCounting = timer.state === 'running' && timer.kind === 'timer';
  const time = formats.time(timer.ringsAt);
  return (
    <li className="timer-row">
      <Icon name={timer.kind} />
      <div className="timer-words">
        <span>{label}</span>
        <span className="small quiet figures">
          {isCounting && text('timers.left', { time: formats.countdown(timer.ringsAt - nowMs) })}
          {timer.state === 'running' && !isCounting && text('timers.at', { time })}
          {timer.state !== 'running' && text('timers.rang', { time })}
        </span>
      </div>
      {timer.state === 'running' && (
        <button
          type="button"
          className="icon-button"
          aria-label={text('timers.cancel', { label })}
          onClick={() => void echo.timers.cancel(timer.id)}
        >
          <Icon name="close" />
        </button>
      )}
      {timer.state === 'ringing' && (
        <button type="button" className="button" onClick={() => void echo.timers.dismiss(timer.id)}>
          {text('timers.dismiss')}
        </button>
      )}
    </li>
  );
}
