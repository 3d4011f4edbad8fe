import { useEffect } from 'react';
import type { VaultStatus } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { useKeyState } from '../hooks/use-key-state';
import { useLocalisation } from '../i18n/localisation';
import { ForgetHabits } from './forget-habits';
import { LockPicture, type Opener } from './lock-picture';
import { RetentionChoice } from './retention-choice';
import { StorageSpace } from './storage-space';

type OpenVault = Extract<VaultStatus, { readonly kind: 'open' }>;

/** Each under a key of its own. */
const GROUPS = [
  { level: 'confidential', tables: ['takes', 'audio', 'models'] },
  { level: 'private', tables: ['phrases', 'interactions', 'learningData', 'notes', 'timers', 'profiles'] },
] as const;

type Group = (typeof GROUPS)[number];

function openersOf({ protection, waysIn }: OpenVault): readonly Opener[] {
  if (protection === 'convenience') return ['browser'];
  return [
    'passphrase',
    ...(waysIn.passkey === undefined ? [] : (['passkey'] as const)),
    ...(waysIn.hasRecoveryCode ? (['recovery'] as const) : []),
  ];
}

function rowsIn({ counts }: OpenVault, { tables }: Group): number {
  return tables.reduce((sum, table) => sum + counts[table], 0);
}

/** What is stored: how it is locked away, each kind with its number, what it is and until when it is kept. */
export function StoredSection() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { vault } = useEchoState();
  useEffect(() => void echo.vault.refreshStatus(), [echo]);
  if (vault.kind !== 'open') return null;
  return (
    <section className="card">
      <h2>{text('privacy.stored')}</h2>
      <p>{text('privacy.storedIntro')}</p>
      <LockPicture
        voice={rowsIn(vault, GROUPS[0])}
        words={rowsIn(vault, GROUPS[1])}
        openers={openersOf(vault)}
      />
      {GROUPS.map((group) => (
        <StoredGroup key={group.level} group={group} vault={vault} />
      ))}
      <ForgetHabits />
      <RetentionChoice />
      <StorageSpace vault={vault} />
    </section>
  );
}

function StoredGroup({ group, vault }: { readonly group: Group; readonly vault: OpenVault }) {
  const { text, formats } = useLocalisation();
  const { settings, policy } = useEchoState();
  const key = useKeyState().value?.levels.find(({ level }) => level === group.level);
  const days = Math.min(
    settings.privacy.retentionDays,
    policy.retentionDaysMaximum ?? Number.POSITIVE_INFINITY,
  );
  return (
    <div className="stored-group">
      <h3>{text(`privacy.group.${group.level}`)}</h3>
      <p className="small quiet">{text(`privacy.group.${group.level}.level`)}</p>
      {key !== undefined && (
        <p className="small quiet">
          {text('privacy.group.key', { id: key.keyId.slice(0, 8), when: formats.date(key.createdAt) })}
        </p>
      )}
      <dl className="counts">
        {group.tables.map((table) => (
          <div key={table} className="count">
            <dt>
              {text(`privacy.count.${table}`, { count: vault.counts[table] })}
              <span className="hint">
                {table === 'interactions' &&
                  text('privacy.what.interactions', { days, count: settings.history.keepUtterances })}
                {table === 'learningData' && text('privacy.what.learningData', { days })}
                {table !== 'interactions' && table !== 'learningData' && text(`privacy.what.${table}`)}
              </span>
            </dt>
            <dd className="figures">{formats.number(vault.counts[table])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
