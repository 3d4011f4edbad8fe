import { type FormEvent, useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { vaultErrorText } from '../vault-error-text';
import { Dialog } from './dialog';
import { FileButton } from './file-button';
import { PassphraseField } from './passphrase-field';

/** Puts a backup in the place of what is stored now. */
export function RestoreDialog({
  onClose,
  onDone,
}: {
  readonly onClose: () => void;
  readonly onDone?: () => void;
}) {
  const echo = useEcho();
  const text = useText();
  const { vault } = useEchoState();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function restore(event: FormEvent) {
    event.preventDefault();
    if (file === undefined) return;
    setIsBusy(true);
    setProblem(undefined);
    const restored = await echo.vault.importBackup(file, passphrase);
    setIsBusy(false);
    if (!restored.ok) return setProblem(vaultErrorText(text, restored.error));
    onDone?.();
    onClose();
  }

  return (
    <Dialog title={text('privacy.restore.title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void restore(event)}>
        {vault.kind !== 'absent' && <p>{text('privacy.restore.warning')}</p>}
        <div className="row">
          <FileButton accept=".echo,application/octet-stream" onFiles={([first]) => setFile(first)}>
            {text('privacy.restore.choose')}
          </FileButton>
          <span className="quiet">{file?.name}</span>
        </div>
        <PassphraseField
          label={text('privacy.restore.passphrase')}
          problem={problem}
          value={passphrase}
          isNew={false}
          onChange={setPassphrase}
        />
        <button
          type="submit"
          className="button button-primary"
          disabled={file === undefined || passphrase === '' || isBusy}
        >
          {text(isBusy ? 'privacy.restore.working' : 'privacy.restore.do')}
        </button>
      </form>
    </Dialog>
  );
}
