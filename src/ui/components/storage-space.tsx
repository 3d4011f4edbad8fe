import { useState } from 'react';
import type { VaultStatus } from '../../echo';
import { useEcho } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';

/** The space that is used, and whether the browser will keep what is in it. */
export function StorageSpace({ vault }: { readonly vault: Extract<VaultStatus, { readonly kind: 'open' }> }) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const [wasRefused, setWasRefused] = useState(false);
  const used = formats.bytes(vault.usedBytes);
  const quota = formats.bytes(vault.quotaBytes);
  return (
    <>
      <div className="stack">
        <meter
          className="space"
          aria-label={text('privacy.usedLabel')}
          min={0}
          max={vault.quotaBytes}
          value={vault.usedBytes}
        />
        <p className="small quiet">{text('privacy.used', { used, quota })}</p>
      </div>
      <p className="verdict-line">
        <Icon name={vault.isPersisted ? 'check' : 'info'} />
        {text(vault.isPersisted ? 'privacy.persisted' : 'privacy.notPersisted')}
      </p>
      {!vault.isPersisted && (
        <div className="row" role="status">
          <button
            type="button"
            className="button"
            onClick={() => void echo.vault.persist().then((isKept) => setWasRefused(!isKept))}
          >
            {text('privacy.persist')}
          </button>
          {wasRefused && <p className="small">{text('privacy.persistRefused')}</p>}
        </div>
      )}
    </>
  );
}
