import { useState } from 'react';
import { useEcho } from '../echo-context';
import { useText } from '../i18n/localisation';
import { saveFile } from '../save-file';
import { Icon } from './icon';

/** What somebody can pass on when they report a problem. */
export function DebugExport() {
  const echo = useEcho();
  const text = useText();
  const [message, setMessage] = useState<string>();
  return (
    <section className="card">
      <h2>{text('developer.export')}</h2>
      <p>{text('developer.export.hint')}</p>
      <div className="row">
        <button
          type="button"
          className="button"
          onClick={() =>
            void echo.learning.exportDebugInfo().then((info) => saveFile(info, 'echo-debug.json'))
          }
        >
          <Icon name="download" />
          {text('developer.export.info')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => void echo.learning.downloadLog().then((log) => saveFile(log, 'echo.log'))}
        >
          <Icon name="download" />
          {text('developer.export.log')}
        </button>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => {
            echo.learning.clearLog();
            setMessage(text('developer.export.cleared'));
          }}
        >
          {text('developer.export.clearLog')}
        </button>
      </div>
      <p role="status">{message}</p>
    </section>
  );
}
