import type { PhraseId } from '../../core/ids';
import type { TakeMap } from '../../echo';
import { consistencyWords } from '../consistency';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useLocalisation } from '../i18n/localisation';
import { hrefOf } from '../router';
import { DataTable } from './data-table';

/** The map as a table, for whoever prefers one. */
export function MapTable({ map }: { readonly map: TakeMap }) {
  const { text, formats, language } = useLocalisation();
  const nameOf = usePhraseName();
  const names = new Intl.ListFormat(language, { type: 'conjunction' });
  const clashesOf = (id: PhraseId) =>
    map.clashes
      .filter(({ phraseIds }) => phraseIds.includes(id))
      .map(({ phraseIds: [first, second] }) => nameOf(first === id ? second : first));
  const oddOf = (id: PhraseId) =>
    map.takes.filter(({ phraseId, outlier }) => phraseId === id && outlier !== undefined).length;
  return (
    <details className="map-table">
      <summary className="label">{text('map.table')}</summary>
      <DataTable
        label={text('map.table')}
        head={[
          text('map.table.phrase'),
          text('map.table.takes'),
          text('map.table.alike'),
          text('map.table.odd'),
          text('map.table.clashes'),
        ]}
        rows={map.phrases.map(({ phraseId, takeCount, consistency }) => ({
          key: phraseId,
          cells: [
            <a key="phrase" href={hrefOf({ screen: 'phrase', id: phraseId })}>
              {nameOf(phraseId)}
            </a>,
            formats.number(takeCount),
            consistency === undefined
              ? text(consistencyWords(consistency))
              : text('map.table.consistency', {
                  words: text(consistencyWords(consistency)),
                  percent: formats.percent(consistency),
                }),
            formats.number(oddOf(phraseId)),
            names.format(clashesOf(phraseId)) || text('map.table.none'),
          ],
        }))}
      />
    </details>
  );
}
