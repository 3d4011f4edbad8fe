import type { Interaction, TypedCommand } from '../../echo';
import { ThatWasDialog } from './that-was-dialog';
import { TypedRow } from './typed-row';
import { TypedWasDialog } from './typed-was-dialog';
import { UtteranceRow } from './utterance-row';

/** One line of the history: something heard, or something typed. */
export type HistoryEntry = Interaction | TypedCommand;

/** Only what is typed has a kind: what is heard was there first. */
export const isTypedEntry = (entry: HistoryEntry): entry is TypedCommand => 'kind' in entry;

/** Both together, newest first. */
export const historyEntries = (
  heard: readonly Interaction[],
  typed: readonly TypedCommand[],
): readonly HistoryEntry[] => [...heard, ...typed].toSorted((a, b) => b.heardAt - a.heardAt);

export function HistoryRow({
  entry,
  nowMs,
  onCorrect,
  onWhy,
}: {
  readonly entry: HistoryEntry;
  readonly nowMs: number;
  readonly onCorrect: () => void;
  readonly onWhy: () => void;
}) {
  return isTypedEntry(entry) ? (
    <TypedRow command={entry} nowMs={nowMs} onCorrect={onCorrect} />
  ) : (
    <UtteranceRow interaction={entry} nowMs={nowMs} onCorrect={onCorrect} onWhy={onWhy} />
  );
}

/** Asks what it was. */
export function CorrectEntry({
  entry,
  onClose,
}: {
  readonly entry: HistoryEntry;
  readonly onClose: () => void;
}) {
  return isTypedEntry(entry) ? (
    <TypedWasDialog command={entry} onClose={onClose} />
  ) : (
    <ThatWasDialog interaction={entry} onClose={onClose} />
  );
}
