import type { Timer } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useLocalisation } from '../i18n/localisation';
import { timerLabel } from '../timer-label';
import { Icon } from './icon';

/** What is counting down, above the ring. */
export function RunningTimers() {
  const running = useEchoState().timers.filter((timer) => timer.state === 'running');
  if (running.length === 0) return null;
  return (
    <ul className="running-timers">
      {running.map((timer) => (
        <RunningTimer key={timer.id} timer={timer} />
      ))}
    </ul>
  );
}

function RunningTimer({ timer }: { readonly timer: Timer }) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const nowMs = useNow(timer.kind === 'timer' ? 250 : 30_000);
  const label = timerLabel(text, timer);
  return (
    <li className="running-timer">
      <Icon name={timer.kind} size={20} />
      <span className="running-timer-label">{label}</span>
      <span className="figures running-timer-time">
        {timer.kind === 'timer' ? formats.countdown(timer.ringsAt - nowMs) : formats.time(timer.ringsAt)}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label={text('timers.cancel', { label })}
        onClick={() => void echo.timers.cancel(timer.id)}
      >
        <Icon name="close" size={18} />
      </button>
    </li>
  );
}
