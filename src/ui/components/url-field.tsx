import { Labelled } from './labelled';

/** A full web address. */
export function UrlField({
  label,
  value,
  isInvalid,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly isInvalid: boolean;
  readonly onChange: (url: string) => void;
}) {
  return (
    <Labelled label={label}>
      {({ id }) => (
        <input
          id={id}
          className="input"
          type="url"
          inputMode="url"
          placeholder="https://"
          value={value}
          aria-invalid={isInvalid}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}
