import { useLocalisation } from '../i18n/localisation';
import { saveFile } from '../save-file';
import { type ChartData, toCsv, toJson } from './chart-data';

/** Takes rows along as a file, for a spreadsheet or a program. */
export function SaveRows({ data }: { readonly data: ChartData }) {
  const { text } = useLocalisation();
  return (
    <div className="row">
      <button type="button" className="button button-small" onClick={() => save(toCsv(data), 'csv')}>
        {text('chart.csv')}
      </button>
      <button type="button" className="button button-small" onClick={() => save(toJson(data), 'json')}>
        {text('chart.json')}
      </button>
    </div>
  );

  function save(content: string, kind: 'csv' | 'json'): void {
    // With the mark by which spreadsheets know that it is UTF-8.
    const blob =
      kind === 'csv'
        ? new Blob(['\ufeff', content], { type: 'text/csv;charset=utf-8' })
        : new Blob([content], { type: 'application/json' });
    saveFile(blob, `${data.name}.${kind}`);
  }
}
