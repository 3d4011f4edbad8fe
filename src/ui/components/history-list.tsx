import { useState } from 'react';
import type { UtteranceId } from '../../core/ids';
import { useEcho, useEchoState } from '../echo-context';
import { useNow } from '../hooks/use-now';
import { useLocalisation } from '../i18n/localisation';
import { interactionName } from '../interaction-name';
import { containsText } from '../text-search';
import { typedMeaning } from '../typed-meaning';
import { ConfirmDialog } from './confirm-dialog';
import { CorrectEntry, type HistoryEntry, HistoryRow, historyEntries, isTypedEntry } from './history-row';
import { Icon } from './icon';
import { Why } from './why';

/** Everything heard and typed that is still kept: find it, replay it, correct it. */
export function HistoryList() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const { history, typed, phrases } = useEchoState();
  const nowMs = useNow(30_000);
  const [filter, setFilter] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const [corrected, setCorrected] = useState<HistoryEntry>();
  const [explained, setExplained] = useState<UtteranceId>();
  const entries = historyEntries(history, typed);
  const shown = entries.filter((entry) =>
    isTypedEntry(entry)
      ? [entry.text, typedMeaning(text, entry, phrases)].some((words) => containsText(words, filter))
      : containsText(interactionName(text, entry, phrases), filter),
  );
  if (entries.length === 0) return <p className="quiet">{text('history.none')}</p>;
  return (
    <div className="stack">
      <div className="row-apart">
        <input
          type="search"
          className="input search"
          aria-label={text('history.search')}
          placeholder={text('history.search')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <button type="button" className="button button-quiet" onClick={() => setIsAsking(true)}>
          <Icon name="delete" />
          {text('history.clear')}
        </button>
      </div>
      <p className="small quiet">{text('history.count', { count: shown.length })}</p>
      {shown.length === 0 ? (
        <p className="quiet">{text('history.noMatch', { filter })}</p>
      ) : (
        <ul className="list">
          {shown.map((entry) => (
            <HistoryRow
              key={entry.id}
              entry={entry}
              nowMs={nowMs}
              onCorrect={() => setCorrected(entry)}
              onWhy={() => setExplained(entry.id)}
            />
          ))}
        </ul>
      )}
      {corrected !== undefined && <CorrectEntry entry={corrected} onClose={() => setCorrected(undefined)} />}
      {explained !== undefined && (
        <Why
          id={explained}
          onClose={() => setExplained(undefined)}
          onCorrect={(interaction) => {
            setExplained(undefined);
            setCorrected(interaction);
          }}
        />
      )}
      {isAsking && (
        <ConfirmDialog
          title={text('history.clear.title')}
          confirm={text('history.clear.confirm')}
          onConfirm={() => echo.talk.clearHistory()}
          onClose={() => setIsAsking(false)}
        >
          <p>{text('history.clear.body')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
