import { type FormEvent, useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { saveFile } from '../save-file';
import { vaultErrorText } from '../vault-error-text';
import { Dialog } from './dialog';
import { Icon } from './icon';
import { PassphraseField } from './passphrase-field';
import { RestoreDialog } from './restore-dialog';

/** Takes everything along as one encrypted file, and brings it back. */
export function BackupSection() {
  const text = useText();
  const [open, setOpen] = useState<'export' | 'restore'>();
  const [isRestored, setIsRestored] = useState(false);
  const close = () => setOpen(undefined);
  return (
    <section className="card">
      <h2>{text('privacy.backup')}</h2>
      <p>{text('privacy.backupIntro')}</p>
      <div className="row">
        <button type="button" className="button" onClick={() => setOpen('export')}>
          <Icon name="download" />
          {text('privacy.export')}
        </button>
        <button type="button" className="button button-quiet" onClick={() => setOpen('restore')}>
          {text('privacy.restore')}
        </button>
      </div>
      <p role="status">{isRestored && text('privacy.restore.done')}</p>
      {open === 'export' && <ExportDialog onClose={close} />}
      {open === 'restore' && <RestoreDialog onClose={close} onDone={() => setIsRestored(true)} />}
    </section>
  );
}

function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const echo = useEcho();
  const text = useText();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function save(event: FormEvent) {
    event.preventDefault();
    setIsBusy(true);
    const backup = await echo.vault.exportBackup(passphrase);
    setIsBusy(false);
    if (!backup.ok) return setProblem(vaultErrorText(text, backup.error));
    const date = new Date().toISOString().slice(0, 10);
    saveFile(backup.value, text('privacy.export.fileName', { date }));
    onClose();
  }

  return (
    <Dialog title={text('privacy.export.title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void save(event)}>
        <PassphraseField
          label={text('privacy.export.passphrase')}
          hint={text('passphrase.hint')}
          problem={problem}
          value={passphrase}
          isNew
          onChange={setPassphrase}
        />
        <button type="submit" className="button button-primary" disabled={passphrase === '' || isBusy}>
          {text(isBusy ? 'privacy.export.working' : 'privacy.export.do')}
        </button>
      </form>
    </Dialog>
  );
}
