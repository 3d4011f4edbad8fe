import { useId } from 'react';

/** A range with its value in words beside the label. */
export function Slider({
  label,
  hint,
  value,
  words,
  least,
  most,
  step,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  /** The value as people read it, e.g. "0.3 s". */
  readonly words: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <div className="row-apart">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        <output className="quiet" htmlFor={id}>
          {words}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={words}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
