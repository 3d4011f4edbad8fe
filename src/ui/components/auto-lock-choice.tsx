import { useEcho, useEchoState } from '../echo-context';
import { type Text, useText } from '../i18n/localisation';
import { Labelled } from './labelled';

const OFFERED_MINUTES = [1, 5, 15, 30, 60, 0];

function words(text: Text, minutes: number): string {
  if (minutes === 0) return text('privacy.autoLock.never');
  return minutes === 60 ? text('privacy.autoLock.hour') : text('privacy.autoLock.after', { minutes });
}

/** After how long without anybody the vault locks. */
export function AutoLockChoice() {
  const echo = useEcho();
  const text = useText();
  const { autoLockMinutes } = useEchoState().settings.privacy;
  const offered = OFFERED_MINUTES.includes(autoLockMinutes)
    ? OFFERED_MINUTES
    : [autoLockMinutes, ...OFFERED_MINUTES];
  return (
    <Labelled label={text('privacy.autoLock')} hint={text('privacy.autoLockHint')}>
      {({ id, hintId }) => (
        <select
          id={id}
          className="input"
          aria-describedby={hintId}
          value={autoLockMinutes}
          onChange={(event) => {
            const chosen = Number(event.target.value);
            echo.setSettings((current) => ({
              ...current,
              privacy: { ...current.privacy, autoLockMinutes: chosen },
            }));
          }}
        >
          {offered.map((minutes) => (
            <option key={minutes} value={minutes}>
              {words(text, minutes)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
