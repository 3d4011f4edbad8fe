import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { DataTable } from './data-table';

export function BackendReport() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { backend } = useEchoState();
  const measurements = backend.kind === 'ready' ? backend.measurements : [];
  return (
    <section className="card">
      <h2>{text('developer.backend')}</h2>
      <p>
        {backend.kind === 'ready' &&
          text('developer.backend.ready', {
            backend: text(`backend.${backend.backend}`),
            how: text(backend.wasRemembered ? 'developer.backend.remembered' : 'developer.backend.measured'),
          })}
        {backend.kind === 'unavailable' && text('developer.backend.unavailable', { detail: backend.detail })}
        {(backend.kind === 'not-started' || backend.kind === 'measuring') &&
          text(`developer.backend.${backend.kind}`)}
      </p>
      {measurements.length > 0 && (
        <DataTable
          label={text('developer.backend')}
          head={[text('developer.column.backend'), text('developer.column.step')]}
          rows={measurements.map((measured) => ({
            key: measured.backend,
            cells: [
              text(`backend.${measured.backend}`),
              measured.stepMs === undefined
                ? measured.failure
                : text('developer.ms', { ms: formats.number(measured.stepMs, 2) }),
            ],
          }))}
        />
      )}
      <div>
        <button
          type="button"
          className="button"
          disabled={backend.kind === 'measuring'}
          onClick={() => void echo.measureBackends()}
        >
          {text('developer.measure')}
        </button>
      </div>
    </section>
  );
}
