import type { Settings } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { FalseTriggerChoice } from './false-trigger-choice';
import { Labelled } from './labelled';
import { LanguageSelect } from './language-select';
import { LearntPauseChoice } from './learnt-pause-choice';
import { SegmentedChoice } from './segmented-choice';
import { Slider } from './slider';

const THEMES: readonly Settings['theme'][] = ['auto', 'light', 'dark'];

export function AppearanceSettings() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { settings } = useEchoState();
  return (
    <section className="card">
      <h2>{text('settings.appearance')}</h2>
      <Labelled label={text('settings.language')}>{({ id }) => <LanguageSelect id={id} />}</Labelled>
      <div className="field">
        <span className="label" aria-hidden="true">
          {text('settings.theme')}
        </span>
        <SegmentedChoice
          label={text('settings.theme')}
          options={THEMES.map((theme) => ({ value: theme, label: text(`settings.theme.${theme}`) }))}
          value={settings.theme}
          onChange={(theme) => echo.setSettings((current) => ({ ...current, theme }))}
        />
      </div>
    </section>
  );
}

export function ListeningSettings() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { endpointing } = useEchoState().settings;
  const change = (part: Partial<Settings['endpointing']>) =>
    echo.setSettings((current) => ({ ...current, endpointing: { ...current.endpointing, ...part } }));
  return (
    <section className="card">
      <h2>{text('settings.listening')}</h2>
      <Slider
        label={text('settings.hangover')}
        hint={text(endpointing.isLearnt ? 'settings.hangoverStartHint' : 'settings.hangoverHint')}
        value={endpointing.hangoverMs}
        words={formats.seconds(endpointing.hangoverMs)}
        least={100}
        most={3_000}
        step={100}
        onChange={(hangoverMs) => change({ hangoverMs })}
      />
      <LearntPauseChoice />
      <Slider
        label={text('settings.maximum')}
        hint={text('settings.maximumHint')}
        value={endpointing.maximumMs}
        words={formats.seconds(endpointing.maximumMs)}
        least={1_000}
        most={15_000}
        step={500}
        onChange={(maximumMs) => change({ maximumMs })}
      />
      <FalseTriggerChoice />
    </section>
  );
}

export function HistorySettings() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { keepUtterances } = useEchoState().settings.history;
  return (
    <section className="card">
      <h2>{text('settings.history')}</h2>
      <Slider
        label={text('settings.keepUtterances')}
        hint={text('settings.keepUtterancesHint')}
        value={keepUtterances}
        words={formats.number(keepUtterances)}
        least={0}
        most={1_000}
        step={10}
        onChange={(value) =>
          echo.setSettings((current) => ({
            ...current,
            history: { ...current.history, keepUtterances: value },
          }))
        }
      />
    </section>
  );
}

export function UpdateSettings() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { isUpdateReady } = useEchoState();
  return (
    <section className="card">
      <h2>{text('settings.update')}</h2>
      <p>{text(isUpdateReady ? 'update.ready' : 'settings.update.current')}</p>
      {isUpdateReady && (
        <div>
          <button type="button" className="button button-primary" onClick={() => void echo.applyUpdate()}>
            {text('update.now')}
          </button>
        </div>
      )}
    </section>
  );
}
