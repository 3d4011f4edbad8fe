import { useState } from 'react';
import { assert } from '../../core/assert';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Dialog } from './dialog';
import { FileButton } from './file-button';
import { PassphraseForm } from './passphrase-form';

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

  async function restore(passphrase: string) {
    assert(file !== undefined, 'restoring waits for a file');
    const restored = await echo.vault.importBackup(file, passphrase);
    if (!restored.ok) return restored;
    onDone?.();
    onClose();
    return restored;
  }

  return (
    <Dialog title={text('privacy.restore.title')} onClose={onClose}>
      <PassphraseForm
        label={text('privacy.restore.passphrase')}
        isReady={file !== undefined}
        submit={text('privacy.restore.do')}
        working={text('privacy.restore.working')}
        onSubmit={restore}
      >
        {vault.kind !== 'absent' && <p>{text('privacy.restore.warning')}</p>}
        <div className="row">
          <FileButton accept=".echo,application/octet-stream" onFiles={([first]) => setFile(first)}>
            {text('privacy.restore.choose')}
          </FileButton>
          <span className="quiet">{file?.name}</span>
        </div>
      </PassphraseForm>
    </Dialog>
  );
}
