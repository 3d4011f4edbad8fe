import { type FormEvent, useState } from 'react';
import type { Result } from '../../core/result';
import type { ProfileError } from '../../echo';
import { useText } from '../i18n/localisation';
import { profileErrorText } from '../profile-error-text';
import { Dialog } from './dialog';
import { Labelled } from './labelled';
import { SavingProblem } from './saving-problem';

/** Asks how somebody is called. */
export function NameDialog({
  title,
  body,
  name: known = '',
  submit,
  onSubmit,
  onClose,
}: {
  readonly title: string;
  readonly body?: string;
  readonly name?: string;
  readonly submit: string;
  readonly onSubmit: (name: string) => Promise<Result<unknown, ProfileError>>;
  readonly onClose: () => void;
}) {
  const text = useText();
  const [name, setName] = useState(known);
  const [problem, setProblem] = useState<string>();

  async function save(event: FormEvent) {
    event.preventDefault();
    const saved = await onSubmit(name);
    if (saved.ok) onClose();
    else setProblem(profileErrorText(text, saved.error));
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void save(event)}>
        {body !== undefined && <p>{body}</p>}
        <Labelled label={text('people.name')}>
          {({ id }) => (
            <input
              id={id}
              className="input"
              autoComplete="off"
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Labelled>
        <SavingProblem problem={problem} />
        <div className="row">
          <button type="submit" className="button button-primary">
            {submit}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {text('common.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
