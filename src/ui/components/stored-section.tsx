import { useEffect, useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';

const TABLES = ['phrases', 'takes', 'interactions', 'audio', 'notes', 'timers', 'models'] as const;

/** Counts in plain words, the space they take, and whether the browser will keep them. */
export function StoredSection() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { vault } = useEchoState();
  const [wasRefused, setWasRefused] = useState(false);
  useEffect(() => void echo.vault.refreshStatus(), [echo]);
  if (vault.kind !== 'open') return null;
  const used = formats.bytes(vault.usedBytes);
  const quota = formats.bytes(vault.quotaBytes);
  return (
    <section className="card">
      <h2>{text('privacy.stored')}</h2>
      <p>{text('privacy.storedIntro')}</p>
      <dl className="counts">
        {TABLES.map((table) => (
          <div key={table} className="count">
            <dt>{text(`privacy.count.${table}`, { count: vault.counts[table] })}</dt>
            <dd className="figures">{formats.number(vault.counts[table])}</dd>
          </div>
        ))}
      </dl>
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
    </section>
  );
}
