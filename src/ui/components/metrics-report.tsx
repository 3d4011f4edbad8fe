import { useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';

/** The metrics as a scraper would read them, measured when they are opened. */
export function MetricsReport() {
  const echo = useEcho();
  const text = useText();
  const [metrics, setMetrics] = useState('');
  const [message, setMessage] = useState<string>();
  return (
    <details
      className="card"
      onToggle={(event) => {
        if (event.currentTarget.open) void echo.learning.metricsText().then(setMetrics);
      }}
    >
      <summary className="label">{text('developer.metrics')}</summary>
      <div className="stack details-body">
        <div className="row">
          <button
            type="button"
            className="button button-small"
            onClick={() =>
              void navigator.clipboard.writeText(metrics).then(
                () => setMessage(text('developer.copied')),
                () => setMessage(text('developer.copyRefused')),
              )
            }
          >
            <Icon name="copy" size={20} />
            {text('developer.metrics.copy')}
          </button>
          <span className="small" role="status">
            {message}
          </span>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
        <section className="code" aria-label={text('developer.metrics')} tabIndex={0}>
          {metrics}
        </section>
      </div>
    </details>
  );
}
