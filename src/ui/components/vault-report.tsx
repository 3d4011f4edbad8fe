import type { KeyState, UpkeepState } from '../../echo';
import { useEchoState } from '../echo-context';
import { useKeyState } from '../hooks/use-key-state';
import { type Text, useLocalisation } from '../i18n/localisation';
import { DataTable } from './data-table';
import { FigureList } from './figure-list';

function upkeepText(text: Text, upkeep: UpkeepState): string {
  switch (upkeep.kind) {
    case 'idle':
      return text('developer.vault.upkeep.idle');
    case 'running':
      return text('developer.vault.upkeep.running', {
        task: upkeep.task,
        resealed: upkeep.resealed,
        expired: upkeep.expired,
      });
    case 'failed':
      return text('developer.vault.upkeep.failed', { kind: upkeep.error.kind });
  }
}

/** State of the vault, its keys and its storage. */
export function VaultReport() {
  const { text, formats } = useLocalisation();
  const { vault, upkeep } = useEchoState();
  const keys = useKeyState().value;
  if (vault.kind !== 'open') return null;
  return (
    <section className="card">
      <h2>{text('developer.vault')}</h2>
      <FigureList
        figures={[
          [text('developer.vault.protection'), vault.protection],
          [text('developer.vault.upkeep'), upkeepText(text, upkeep)],
          [text('developer.vault.persisted'), text(vault.isPersisted ? 'developer.yes' : 'developer.no')],
          [
            text('developer.memory.storage'),
            text('developer.memory.storageOf', {
              used: formats.bytes(vault.usedBytes),
              quota: formats.bytes(vault.quotaBytes),
            }),
          ],
          ...Object.entries(vault.counts).map(([table, rows]) => [table, formats.number(rows)] as const),
        ]}
      />
      {keys !== undefined && <KeyTable keys={keys} />}
    </section>
  );
}

function KeyTable({ keys }: { readonly keys: KeyState }) {
  const { text, formats } = useLocalisation();
  return (
    <DataTable
      label={text('developer.vault')}
      head={[
        text('developer.column.privacyLevel'),
        text('developer.column.key'),
        text('developer.column.encryptions'),
        text('developer.column.rotates'),
      ]}
      rows={[
        ...keys.levels.map(({ level, keyId, encryptions, rotatesAt }) => ({
          key: keyId,
          cells: [level, keyId.slice(0, 8), formats.number(encryptions), formats.date(rotatesAt)],
        })),
        ...keys.retired.map(({ level, keyId, rowsLeft, unreadable }) => ({
          key: keyId,
          cells: [
            level,
            keyId.slice(0, 8),
            text('developer.vault.retired', { rows: rowsLeft, unreadable }),
            '',
          ],
        })),
      ]}
    />
  );
}
