import { useId } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';

/** Which microphone to use. The browser hides the names until it may be used. */
export function MicrophoneSelect({ hint }: { readonly hint?: string }) {
  const echo = useEcho();
  const text = useText();
  const id = useId();
  const { microphones, settings } = useEchoState();
  const chosen = settings.microphone.deviceId;
  const isKnown = chosen === '' || microphones.some((microphone) => microphone.id === chosen);
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {text('settings.device')}
      </label>
      <select
        id={id}
        className="input"
        value={isKnown ? chosen : ''}
        onChange={(event) => {
          const deviceId = event.target.value;
          echo.setSettings((current) => ({
            ...current,
            microphone: { ...current.microphone, deviceId },
          }));
        }}
      >
        <option value="">{text('mic.default')}</option>
        {microphones
          .filter((microphone) => microphone.id !== '')
          .map((microphone, index) => (
            <option key={microphone.id} value={microphone.id}>
              {microphone.label || text('mic.unnamed', { number: index + 1 })}
            </option>
          ))}
      </select>
      {hint && <p className="hint">{hint}</p>}
    </div>
  );
}
