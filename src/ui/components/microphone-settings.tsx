import { useEffect } from 'react';
import type { Settings } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';
import { MicrophoneSelect } from './microphone-select';
import { Slider } from './slider';
import { Switch } from './switch';

const SWITCHES = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const;

export function MicrophoneSettings() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { microphone } = useEchoState().settings;
  const change = (part: Partial<Settings['microphone']>) =>
    echo.setSettings((current) => ({ ...current, microphone: { ...current.microphone, ...part } }));
  useEffect(() => void echo.refreshMicrophones(), [echo]);

  return (
    <section className="card">
      <h2>{text('settings.microphone')}</h2>
      <MicrophoneSelect hint={text('settings.deviceHint')} />
      <div>
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => void echo.refreshMicrophones()}
        >
          <Icon name="again" size={18} />
          {text('settings.refresh')}
        </button>
      </div>
      {SWITCHES.map((name) => (
        <Switch
          key={name}
          label={text(`settings.${name}`)}
          hint={text(`settings.${name}Hint`)}
          isOn={microphone[name]}
          onChange={(isOn) => change({ [name]: isOn })}
        />
      ))}
      <Slider
        label={text('settings.keepWarm')}
        hint={text('settings.keepWarmHint')}
        value={microphone.keepWarmMs}
        words={
          microphone.keepWarmMs === 0 ? text('settings.keepWarm.off') : formats.seconds(microphone.keepWarmMs)
        }
        least={0}
        most={60_000}
        step={5_000}
        onChange={(keepWarmMs) => change({ keepWarmMs })}
      />
    </section>
  );
}
