import { useId, useState } from 'react';
import type { ActionKind, ActionSpec } from '../../echo';
import { type ActionProblem, actionProblem, canSave, emptyAction, STEP_KINDS } from '../action-check';
import { useEcho, useEchoState } from '../echo-context';
import { type Text, useText } from '../i18n/localisation';
import { ActionFields } from './action-fields';
import { Icon } from './icon';

const KINDS: readonly ActionKind[] = ['none', ...STEP_KINDS, 'sequence'];

/** What should happen when a phrase is recognised: the kind, its details, and a way to try it. */
export function ActionEditor({
  action,
  onChange,
}: {
  readonly action: ActionSpec;
  readonly onChange: (action: ActionSpec) => void;
}) {
  const echo = useEcho();
  const text = useText();
  const name = useId();
  const { policy } = useEchoState();
  // Problems show once something was entered; an empty form has done nothing wrong yet.
  const [touched, setTouched] = useState<ActionKind>();
  const problem = actionProblem(action, policy);
  const shown = touched === action.kind ? problem : undefined;

  return (
    <div className="stack">
      <fieldset>
        <legend className="visually-hidden">{text('action.kind')}</legend>
        <div className="action-kinds">
          {KINDS.map((kind) => (
            <label key={kind} className="action-kind">
              <input
                type="radio"
                name={name}
                checked={action.kind === kind}
                onChange={() => onChange(emptyAction(kind))}
              />
              <Icon name={kind} />
              {text(`action.${kind}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <ActionFields
        action={action}
        isInvalid={shown !== undefined && shown.kind !== 'origin'}
        onChange={(next) => {
          setTouched(next.kind);
          onChange(next);
        }}
      />
      {shown !== undefined && (
        <p className="problem" role="alert">
          <Icon name="warning" size={18} />
          {problemText(text, shown)}
        </p>
      )}
      {action.kind !== 'none' && (
        <div>
          <button
            type="button"
            className="button button-small"
            disabled={!canSave(problem)}
            onClick={() => void echo.phrases.tryAction(action)}
          >
            <Icon name="play" size={18} />
            {text('action.tryIt')}
          </button>
        </div>
      )}
    </div>
  );
}

function problemText(text: Text, problem: ActionProblem): string {
  switch (problem.kind) {
    case 'json':
      return text('action.problem.json', { detail: problem.detail });
    case 'origin':
      return text('action.problem.origin', { origin: problem.origin });
    default:
      return text(`action.problem.${problem.kind}`);
  }
}
