import { isForgettable, type Spend } from '../../insights/budget';
import type { VaultSession } from '../vault-session';
import {
  type LedgerEntry,
  LedgerEntrySchema,
  type ParcelRow,
  type ParticipationState,
  ParticipationStateSchema,
} from './ledger-rows';
import { openLedgerRow } from './ledger-seal';
import type { LedgerStore } from './ledger-store';

/** An entry under its id. */
export type BookEntry = LedgerEntry & { readonly id: string };

/** The ledger, opened. */
export interface LedgerBook {
  /** As stored: what the next write is put after. */
  readonly stored: unknown;
  readonly state: ParticipationState | undefined;
  readonly entries: readonly BookEntry[];
  readonly parcels: readonly ParcelRow[];
  /** Something does not open, or is missing: nobody knows what was spent. */
  readonly isDamaged: boolean;
}

export async function openBook(store: LedgerStore, { ring }: VaultSession): Promise<LedgerBook> {
  const { state: stored, entries: sealed, parcels } = await store.read();
  const state =
    stored === undefined ? undefined : await openLedgerRow(ring, ParticipationStateSchema, stored);
  const opened = await Promise.all(
    sealed.map(async (row) => {
      const entry = await openLedgerRow(ring, LedgerEntrySchema, row);
      return entry === undefined ? undefined : { ...entry, body: entry.body.slice(), id: idOf(row) };
    }),
  );
  const entries = opened.filter((entry) => entry !== undefined);
  const expected = state?.kind === 'joined' ? state.entries : 0;
  return {
    stored,
    state,
    entries: entries.toSorted((a, b) => b.madeAtMs - a.madeAtMs),
    parcels,
    isDamaged:
      (stored !== undefined && state === undefined) ||
      entries.length !== expected ||
      sealed.length !== expected,
  };
}

export const spendsOf = ({ entries }: LedgerBook): readonly Spend[] =>
  entries.map(({ metric, epoch, madeAtMs }) => ({ metric, epoch, atMs: madeAtMs }));

/** Ids of those that no rule asks for any more. */
export const forgettable = ({ entries }: LedgerBook, nowMs: number): readonly string[] =>
  entries
    .filter(({ metric, epoch, madeAtMs }) => isForgettable({ metric, epoch, atMs: madeAtMs }, nowMs))
    .map(({ id }) => id);

const idOf = (row: unknown): string =>
  typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : '';
