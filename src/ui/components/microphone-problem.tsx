import '../styles/facts.css';
import { useEffect } from 'react';
import type { MicrophoneFault } from '../../echo';
import { useEcho } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';
import { MicrophoneSelect } from './microphone-select';

/** Why there is no sound and what to do about it. */
export function MicrophoneProblem({
  fault,
  onRetry,
}: {
  readonly fault: MicrophoneFault;
  readonly onRetry: () => void;
}) {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  useEffect(() => void echo.refreshMicrophones(), [echo]);
  const canChoose = ['busy', 'unplugged', 'dead-track', 'no-microphone'].includes(fault.kind);
  return (
    <section className="card card-danger microphone-problem" role="alert">
      <div className="verdict-line microphone-problem-title">
        <Icon name="warning" />
        <h2>{text(`mic.${fault.kind}.title`)}</h2>
      </div>
      <p>
        {fault.kind === 'dead-track'
          ? text('mic.dead-track.body', { seconds: formats.seconds(fault.silentMs) })
          : text(`mic.${fault.kind}.body`)}
      </p>
      {canChoose && <MicrophoneSelect />}
      {fault.kind !== 'unsupported' && (
        <div className="row">
          <button type="button" className="button" onClick={onRetry}>
            <Icon name="again" />
            {text('common.tryAgain')}
          </button>
        </div>
      )}
    </section>
  );
}
