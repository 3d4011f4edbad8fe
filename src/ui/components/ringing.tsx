import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { timerLabel } from '../timer-label';
import { Icon } from './icon';

/** Timers that ring, on every screen, until they are silenced. */
export function Ringing() {
  const echo = useEcho();
  const text = useText();
  const ringing = useEchoState().timers.filter((timer) => timer.state === 'ringing');
  return (
    <div className="ringing" role="alert">
      {ringing.map((timer) => (
        <div key={timer.id} className="ringing-one">
          <Icon name="alarm" size={26} />
          <strong>{text('timers.ringing', { label: timerLabel(text, timer) })}</strong>
          <button type="button" className="button" onClick={() => void echo.timers.dismiss(timer.id)}>
            {text('timers.dismiss')}
          </button>
        </div>
      ))}
    </div>
  );
}
