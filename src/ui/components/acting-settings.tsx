import type { Settings } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { hrefOf } from '../router';
import { SegmentedChoice } from './segmented-choice';
import { Switch } from './switch';

const CONFIRM = [
  'always',
  'unless-sure',
  'never',
] as const satisfies readonly Settings['actions']['confirm'][];
const QUESTIONS = ['more', 'usual', 'fewer'] as const satisfies readonly Settings['actions']['questions'][];
const STYLES = ['full', 'brief'] as const satisfies readonly Settings['answers']['style'][];

/** When Echo asks before it acts, how much it answers, and when it may work. */
export function ActingSettings() {
  const echo = useEcho();
  const text = useText();
  const { actions, answers, compute } = useEchoState().settings;
  return (
    <section className="card">
      <h2>{text('settings.acting')}</h2>
      <div className="field">
        <p className="label">{text('settings.confirm')}</p>
        <SegmentedChoice
          label={text('settings.confirm')}
          options={CONFIRM.map((value) => ({ value, label: text(`settings.confirm.${value}`) }))}
          value={actions.confirm}
          onChange={(confirm) =>
            echo.setSettings((current) => ({ ...current, actions: { ...current.actions, confirm } }))
          }
        />
        <p className="hint" aria-live="polite">
          {text(`settings.confirm.${actions.confirm}.hint`)}
        </p>
      </div>
      <div className="field">
        <p className="label">{text('settings.questions')}</p>
        <SegmentedChoice
          label={text('settings.questions')}
          options={QUESTIONS.map((value) => ({ value, label: text(`settings.questions.${value}`) }))}
          value={actions.questions}
          onChange={(questions) =>
            echo.setSettings((current) => ({ ...current, actions: { ...current.actions, questions } }))
          }
        />
        <p className="hint" aria-live="polite">
          {text(`settings.questions.${actions.questions}.hint`)}
        </p>
      </div>
      <div className="field">
        <p className="label">{text('settings.answers')}</p>
        <SegmentedChoice
          label={text('settings.answers')}
          options={STYLES.map((value) => ({ value, label: text(`settings.answers.${value}`) }))}
          value={answers.style}
          onChange={(style) => echo.setSettings((current) => ({ ...current, answers: { style } }))}
        />
      </div>
      <Switch
        label={text('settings.training')}
        hint={text('settings.training.hint')}
        isOn={compute.training === 'when-charging'}
        onChange={(isOn) =>
          echo.setSettings((current) => ({
            ...current,
            compute: { ...current.compute, training: isOn ? 'when-charging' : 'always' },
          }))
        }
      />
      <p className="hint">
        {text('settings.adapted')}{' '}
        <a href={hrefOf({ screen: 'you', section: 'changes' })}>{text('settings.adapted.link')}</a>
      </p>
    </section>
  );
}
