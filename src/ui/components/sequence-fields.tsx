import '../styles/habits.css';
import type { ReactNode } from 'react';
import type { ActionSpec, SingleAction } from '../../echo';
import { actionProblem, emptyStep, MOST_STEPS, STEP_KINDS } from '../action-check';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';
import { Labelled } from './labelled';

type Sequence = Extract<ActionSpec, { kind: 'sequence' }>;

/** The steps of an action that does several things, each with its kind and its details. */
export function SequenceFields({
  action,
  isInvalid,
  onChange,
  children,
}: {
  readonly action: Sequence;
  readonly isInvalid: boolean;
  readonly onChange: (action: ActionSpec) => void;
  /** The details of one step. */
  readonly children: (step: {
    readonly action: SingleAction;
    readonly isInvalid: boolean;
    readonly onChange: (action: ActionSpec) => void;
  }) => ReactNode;
}) {
  const text = useText();
  const { policy } = useEchoState();
  const { steps } = action;
  const setSteps = (next: readonly SingleAction[]): void => onChange({ kind: 'sequence', steps: [...next] });
  return (
    <div className="stack">
      <p className="hint">{text('action.sequence.hint')}</p>
      <ol className="sequence">
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place; it has no identity of its own
          <li key={at}>
            <fieldset className="stack sequence-step">
              <legend className="label">{text('action.sequence.step', { number: at + 1 })}</legend>
              <Labelled label={text('action.sequence.kind')}>
                {({ id }) => (
                  <select
                    id={id}
                    className="input"
                    value={step.kind}
                    onChange={(event) => {
                      const kind = STEP_KINDS.find((one) => one === event.target.value);
                      if (kind !== undefined) setSteps(steps.with(at, emptyStep(kind)));
                    }}
                  >
                    {STEP_KINDS.map((kind) => (
                      <option key={kind} value={kind}>
                        {text(`action.${kind}`)}
                      </option>
                    ))}
                  </select>
                )}
              </Labelled>
              {children({
                action: step,
                isInvalid: isInvalid && actionProblem(step, policy) !== undefined,
                onChange: (next) => {
                  if (next.kind !== 'sequence') setSteps(steps.with(at, next));
                },
              })}
              <div className="row">
                {at > 0 && (
                  <button
                    type="button"
                    className="button button-small"
                    onClick={() =>
                      setSteps([...steps.slice(0, at - 1), step, ...steps.slice(at - 1).toSpliced(1, 1)])
                    }
                  >
                    {text('action.sequence.earlier', { number: at + 1 })}
                  </button>
                )}
                {steps.length > 1 && (
                  <button
                    type="button"
                    className="button button-small"
                    onClick={() => setSteps(steps.toSpliced(at, 1))}
                  >
                    <Icon name="delete" size={18} />
                    {text('action.sequence.remove', { number: at + 1 })}
                  </button>
                )}
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      {steps.length < MOST_STEPS && (
        <div>
          <button
            type="button"
            className="button button-small"
            onClick={() => setSteps([...steps, emptyStep('note')])}
          >
            {text('action.sequence.add')}
          </button>
        </div>
      )}
    </div>
  );
}
