import type { UtteranceId } from '../../core/ids';
import { useEchoState } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useText } from '../i18n/localisation';
import { hrefOf } from '../router';
import { type HistoryEntry, HistoryRow, historyEntries } from './history-row';

const SHOWN = 6;

/** The last things heard and typed, beside or under the ring. */
export function RecentUtterances({
  onCorrect,
  onWhy,
}: {
  readonly onCorrect: (entry: HistoryEntry) => void;
  readonly onWhy: (id: UtteranceId) => void;
}) {
  const text = useText();
  const { history, typed, answer } = useEchoState();
  // While Echo asks what was meant, the question above is all there is to say about it.
  const asked = answer?.stage === 'asking' ? answer.utteranceId : undefined;
  const earlier = historyEntries(history, typed).filter(({ id }) => id !== asked);
  const nowMs = useNow(30_000);
  return (
    <section className="stack">
      <div className="row-apart">
        <h2>{text('talk.recent')}</h2>
        {earlier.length > SHOWN && (
          <a href={hrefOf({ screen: 'you', section: 'history' })}>{text('talk.recentAll')}</a>
        )}
      </div>
      {earlier.length === 0 ? (
        <p className="quiet">{text('talk.recentEmpty')}</p>
      ) : (
        <ul className="list">
          {earlier.slice(0, SHOWN).map((entry) => (
            <HistoryRow
              key={entry.id}
              entry={entry}
              nowMs={nowMs}
              onCorrect={() => onCorrect(entry)}
              onWhy={() => onWhy(entry.id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
