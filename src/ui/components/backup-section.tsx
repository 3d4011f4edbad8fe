import { useState } from 'react';
import { ok, type Result } from '../../core/result';
import type { VaultError } from '../../echo';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { saveFile } from '../save-file';
import { Dialog } from './dialog';
import { Icon } from './icon';
import { PassphraseForm } from './passphrase-form';
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

  async function save(passphrase: string): Promise<Result<void, VaultError>> {
    const backup = await echo.vault.exportBackup(passphrase);
    if (!backup.ok) return backup;
    const date = new Date().toISOString().slice(0, 10);
    saveFile(backup.value, text('privacy.export.fileName', { date }));
    onClose();
    return ok(undefined);
  }

  return (
    <Dialog title={text('privacy.export.title')} onClose={onClose}>
      <PassphraseForm
        label={text('privacy.export.passphrase')}
        isNew
        submit={text('privacy.export.do')}
        working={text('privacy.export.working')}
        onSubmit={save}
      />
    </Dialog>
  );
}
