import { isHeard, isTyped, type RecordOf, type TableName } from '../../learning/records';
import type { PhraseView } from '../echo-state';
import { type Engine, notify, notifyVaultError } from '../engine';
import { learningErrorOf } from '../learning-error';
import type { TimerAgent } from '../talk/timer-agent';

/** Brings what an open vault holds onto the page, and into the recogniser. */
export async function showContents(engine: Engine, timers: TimerAgent): Promise<void> {
  const [phrases, takes, interactions, notes, running] = await Promise.all([
    rowsOf(engine, 'phrases'),
    rowsOf(engine, 'takes'),
    rowsOf(engine, 'interactions'),
    rowsOf(engine, 'notes'),
    rowsOf(engine, 'timers'),
  ]);
  const strengths = await engine.speech.load();
  if (!strengths.ok) notifyVaultError(engine, learningErrorOf(strengths.error));
  const strengthOf = new Map(
    strengths.ok ? strengths.value.map((strength) => [strength.phraseId, strength] as const) : [],
  );
  const byTime = [...takes].sort((a, b) => a.recordedAt - b.recordedAt);
  const views: PhraseView[] = phrases
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map((phrase) => ({
      ...phrase,
      takes: byTime.filter((take) => take.phraseId === phrase.id),
      strength: strengthOf.get(phrase.id),
    }));
  const newestFirst = interactions.toSorted((a, b) => b.heardAt - a.heardAt);
  engine.store.set({
    phrases: views,
    history: newestFirst.filter(isHeard),
    typed: newestFirst.filter(isTyped),
    notes: notes.toSorted((a, b) => b.createdAt - a.createdAt),
  });
  timers.load(running);
}

async function rowsOf<T extends TableName>(engine: Engine, table: T): Promise<readonly RecordOf<T>[]> {
  const listed = await engine.vault.list(table);
  if (!listed.ok) {
    notifyVaultError(engine, listed.error);
    return [];
  }
  const { rows, quarantined } = listed.value;
  if (quarantined.length > 0) notify(engine, { kind: 'rows-set-aside', count: quarantined.length });
  return rows as readonly RecordOf<T>[];
}
