import { useEffect, useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { containsText } from '../text-search';
import { DataTable } from './data-table';

/** Every value of the configuration in force, and which layer it comes from. */
export function ConfigurationReport() {
  const echo = useEcho();
  const text = useText();
  const [values, setValues] = useState(() => echo.config.explain());
  const [filter, setFilter] = useState('');
  const [isChangedOnly, setIsChangedOnly] = useState(false);
  useEffect(() => echo.config.onChange(() => setValues(echo.config.explain())), [echo]);
  const shown = values.filter(
    ({ path, source }) => containsText(path, filter) && !(isChangedOnly && source === 'default'),
  );
  return (
    <details className="card">
      <summary className="label">{text('developer.configuration')}</summary>
      <div className="stack details-body">
        <p className="small quiet">{text('developer.configuration.hint')}</p>
        <input
          type="search"
          className="input"
          aria-label={text('developer.configuration.filter')}
          placeholder={text('developer.configuration.filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <label className="row check-row">
          <input
            type="checkbox"
            checked={isChangedOnly}
            onChange={(event) => setIsChangedOnly(event.target.checked)}
          />
          {text('developer.configuration.changed')}
        </label>
        <DataTable
          label={text('developer.configuration')}
          head={[
            text('developer.column.path'),
            text('developer.column.value'),
            text('developer.column.source'),
          ]}
          rows={shown.map(({ path, value, source }) => ({
            key: path,
            cells: [path, JSON.stringify(value), source],
          }))}
        />
        {values.some(({ source }) => source === 'override') && (
          <div>
            <button type="button" className="button" onClick={() => echo.config.reset()}>
              {text('developer.configuration.reset')}
            </button>
          </div>
        )}
      </div>
    </details>
  );
}
