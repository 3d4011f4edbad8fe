import '../styles/recovery-code.css';
import { type FormEvent, useState } from 'react';
import { useLocalisation } from '../i18n/localisation';
import { codeGroups, isLastGroup } from '../recovery-code-text';
import { saveFile } from '../save-file';
import { Icon } from './icon';
import { Labelled } from './labelled';
import { SavingProblem } from './saving-problem';

/** The code in large groups, the ways to keep it, and the proof that somebody did. */
export function RecoveryCodeSheet({ code, onKept }: { readonly code: string; readonly onKept: () => void }) {
  const { text, formats } = useLocalisation();
  const [message, setMessage] = useState<string>();
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);

  function confirm(event: FormEvent) {
    event.preventDefault();
    const isKept = isLastGroup(typed, code);
    setIsWrong(!isKept);
    if (isKept) onKept();
  }

  function save() {
    const file = text('privacy.code.fileText', { code, when: formats.date(Date.now()) });
    saveFile(new Blob([file], { type: 'text/plain' }), text('privacy.code.fileName'));
  }

  return (
    <>
      <p>{text('privacy.code.once')}</p>
      <ol className="code-groups" aria-label={text('privacy.code.label')}>
        {codeGroups(code).map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be alike, and none ever moves
          <li key={place}>{group}</li>
        ))}
      </ol>
      <div className="row no-print">
        <button
          type="button"
          className="button button-small"
          onClick={() =>
            void navigator.clipboard.writeText(code).then(
              () => setMessage(text('privacy.code.copied')),
              () => setMessage(text('privacy.code.copyRefused')),
            )
          }
        >
          <Icon name="copy" size={20} />
          {text('privacy.code.copy')}
        </button>
        <button type="button" className="button button-small" onClick={() => print()}>
          <Icon name="print" size={20} />
          {text('privacy.code.print')}
        </button>
        <button type="button" className="button button-small" onClick={save}>
          <Icon name="download" size={20} />
          {text('privacy.code.save')}
        </button>
      </div>
      <p className="small no-print" role="status">
        {message}
      </p>
      <form className="stack no-print" onSubmit={confirm}>
        <Labelled label={text('privacy.code.confirm')} hint={text('privacy.code.confirmHint')}>
          {({ id, hintId }) => (
            <input
              id={id}
              className="input code-confirm"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={8}
              aria-describedby={hintId}
              aria-invalid={isWrong}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Labelled>
        <SavingProblem problem={isWrong ? text('privacy.code.confirmWrong') : undefined} />
        <div>
          <button type="submit" className="button button-primary" disabled={typed.trim() === ''}>
            {text('privacy.code.keep')}
          </button>
        </div>
      </form>
    </>
  );
}
