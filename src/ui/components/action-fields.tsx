import type { ActionSpec } from '../../echo';
import { useText } from '../i18n/localisation';
import { Labelled } from './labelled';
import { SequenceFields } from './sequence-fields';
import { UrlField } from './url-field';
import { WebhookFields } from './webhook-fields';

type Edit<Kind extends ActionSpec['kind']> = {
  readonly action: Extract<ActionSpec, { kind: Kind }>;
  readonly isInvalid: boolean;
  readonly onChange: (action: ActionSpec) => void;
};

/** The details of one kind of action. */
export function ActionFields({ action, isInvalid, onChange }: Edit<ActionSpec['kind']>) {
  const text = useText();
  switch (action.kind) {
    case 'none':
      return <p className="hint">{text('action.none.hint')}</p>;
    case 'speak':
    case 'note':
    case 'copy':
      return <TextField action={action} isInvalid={isInvalid} onChange={onChange} />;
    case 'timer':
      return <TimerFields action={action} isInvalid={isInvalid} onChange={onChange} />;
    case 'alarm':
      return <AlarmFields action={action} isInvalid={isInvalid} onChange={onChange} />;
    case 'link':
      return (
        <UrlField
          label={text('action.link.url')}
          value={action.url}
          isInvalid={isInvalid}
          onChange={(url) => onChange({ ...action, url })}
        />
      );
    case 'sequence':
      return (
        <SequenceFields action={action} isInvalid={isInvalid} onChange={onChange}>
          {(step) => <ActionFields {...step} />}
        </SequenceFields>
      );
    case 'webhook':
      return <WebhookFields action={action} isInvalid={isInvalid} onChange={onChange} />;
  }
}

const LONGEST = { speak: 2_000, note: 2_000, copy: 20_000 } as const;

function TextField({ action, isInvalid, onChange }: Edit<'speak' | 'note' | 'copy'>) {
  const text = useText();
  const hint = action.kind === 'copy' ? undefined : text(`action.${action.kind}.hint`);
  return (
    <Labelled label={text(`action.${action.kind}.text`)} hint={hint}>
      {({ id, hintId }) => (
        <textarea
          id={id}
          className="input"
          rows={2}
          maxLength={LONGEST[action.kind]}
          value={action.text}
          aria-invalid={isInvalid}
          aria-describedby={hintId}
          onChange={(event) => onChange({ ...action, text: event.target.value })}
        />
      )}
    </Labelled>
  );
}

function LabelField({ action, onChange }: Omit<Edit<'timer' | 'alarm'>, 'isInvalid'>) {
  const text = useText();
  return (
    <Labelled label={text('action.label')} hint={text('action.labelHint')}>
      {({ id, hintId }) => (
        <input
          id={id}
          className="input"
          maxLength={200}
          value={action.label}
          aria-describedby={hintId}
          onChange={(event) => onChange({ ...action, label: event.target.value })}
        />
      )}
    </Labelled>
  );
}

const TIMER_PARTS = [
  { part: 'hours', seconds: 3600, most: 24 },
  { part: 'minutes', seconds: 60, most: 59 },
  { part: 'seconds', seconds: 1, most: 59 },
] as const;

function TimerFields({ action, isInvalid, onChange }: Edit<'timer'>) {
  const text = useText();
  const total = action.durationSeconds;
  const parts = {
    hours: Math.floor(total / 3600),
    minutes: Math.floor((total % 3600) / 60),
    seconds: total % 60,
  };
  return (
    <>
      <fieldset className="field">
        <legend className="label">{text('action.timer.length')}</legend>
        <div className="row">
          {TIMER_PARTS.map(({ part, seconds, most }) => (
            <label key={part} className="field small">
              <input
                className="input input-number"
                type="number"
                inputMode="numeric"
                min={0}
                max={most}
                value={parts[part]}
                aria-invalid={isInvalid}
                onChange={(event) => {
                  const entered = Math.min(most, Math.max(0, Math.floor(event.target.valueAsNumber || 0)));
                  onChange({ ...action, durationSeconds: total + (entered - parts[part]) * seconds });
                }}
              />
              {text(`action.timer.${part}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <LabelField action={action} onChange={onChange} />
    </>
  );
}

function AlarmFields({ action, isInvalid, onChange }: Edit<'alarm'>) {
  const text = useText();
  return (
    <>
      <Labelled label={text('action.alarm.time')}>
        {({ id }) => (
          <input
            id={id}
            className="input input-time"
            type="time"
            value={action.timeOfDay}
            aria-invalid={isInvalid}
            onChange={(event) => onChange({ ...action, timeOfDay: event.target.value })}
          />
        )}
      </Labelled>
      <LabelField action={action} onChange={onChange} />
    </>
  );
}
