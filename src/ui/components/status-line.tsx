import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';

/** What is going on, in one quiet line: microphone, network, protection, and where learning runs. */
export function StatusLine() {
  const text = useText();
  const { listening, isOnline, vault, backend, participation } = useEchoState();
  const isMicrophoneOn = !['off', 'failed', 'opening'].includes(listening.kind);
  return (
    <ul className="status" aria-label={text('status.label')}>
      {isMicrophoneOn && (
        <li className="status-live">
          <span className="status-dot" aria-hidden="true" />
          {text('status.microphoneOn')}
        </li>
      )}
      {isOnline ? (
        <li className="status-wide">
          <Icon name="privacy" size={16} />
          {text(participation.kind === 'on' ? 'status.insights' : 'status.online')}
        </li>
      ) : (
        <li>
          <Icon name="offline" size={16} />
          <span className="status-wide">{text('status.offline')}</span>
          <span className="status-narrow">{text('status.offlineShort')}</span>
        </li>
      )}
      {vault.kind === 'open' && (
        <li className="status-wide">
          <Icon name={vault.protection === 'passphrase' ? 'lock' : 'info'} size={16} />
          {text(vault.protection === 'passphrase' ? 'status.protected' : 'status.convenience')}
        </li>
      )}
      {vault.kind === 'open' && !vault.isPersisted && (
        <li className="status-wide">
          <Icon name="info" size={16} />
          {text('status.mayBeEvicted')}
        </li>
      )}
      {backend.kind !== 'not-started' && (
        <li className="status-wide">
          <Icon name="developer" size={16} />
          {backend.kind === 'measuring' && text('status.backendMeasuring')}
          {backend.kind === 'unavailable' && text('status.backendNone')}
          {backend.kind === 'ready' &&
            text('status.backend', { backend: text(`backend.${backend.backend}`) })}
        </li>
      )}
    </ul>
  );
}
