import type { EchoState } from '../echo-state';

/** Of what was heard and what was typed, the newest `keep` together; each newest first, as it was. */
export function keptHistory(
  { history, typed }: Pick<EchoState, 'history' | 'typed'>,
  keep: number,
): Pick<EchoState, 'history' | 'typed'> {
  if (history.length + typed.length <= keep) return { history, typed };
  const newest = [...history, ...typed].toSorted((a, b) => b.heardAt - a.heardAt).slice(0, keep);
  const kept = new Set(newest.map(({ id }) => id));
  return { history: history.filter(({ id }) => kept.has(id)), typed: typed.filter(({ id }) => kept.has(id)) };
}
