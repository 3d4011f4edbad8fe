import type { Settings } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';
import { Labelled } from './labelled';
import { Slider } from './slider';

/** How Echo speaks. Only voices of this device are offered. */
export function VoiceSettings() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { settings, voices } = useEchoState();
  const { voice } = settings;
  const local = voices.filter((one) => one.isLocal);
  const change = (part: Partial<Settings['voice']>) =>
    echo.setSettings((current) => ({ ...current, voice: { ...current.voice, ...part } }));

  return (
    <section className="card">
      <h2>{text('settings.voice')}</h2>
      {local.length === 0 ? (
        <p>{text('settings.voiceNone')}</p>
      ) : (
        <Labelled label={text('settings.voiceChoice')} hint={text('settings.voiceHint')}>
          {({ id, hintId }) => (
            <select
              id={id}
              className="input"
              value={local.some((one) => one.uri === voice.voiceUri) ? voice.voiceUri : ''}
              aria-describedby={hintId}
              onChange={(event) => change({ voiceUri: event.target.value })}
            >
              <option value="">{text('settings.voiceAuto')}</option>
              {local.map((one) => (
                <option key={one.uri} value={one.uri}>
                  {one.name} ({one.language})
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <Slider
        label={text('settings.rate')}
        value={voice.rate}
        words={formats.percent(voice.rate)}
        least={0.5}
        most={2}
        step={0.05}
        onChange={(rate) => change({ rate })}
      />
      <div>
        <button
          type="button"
          className="button"
          disabled={local.length === 0}
          onClick={() => void echo.phrases.tryAction({ kind: 'speak', text: text('settings.hearText') })}
        >
          <Icon name="speak" />
          {text('settings.hear')}
        </button>
      </div>
    </section>
  );
}
