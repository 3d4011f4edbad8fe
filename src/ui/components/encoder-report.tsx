import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';

/** Whether the shipped encoder listens beside the templates, and if not, why. */
export function EncoderReport() {
  const text = useText();
  const { encoder } = useEchoState();
  return (
    <section className="card">
      <h2>{text('developer.encoder')}</h2>
      <p className={encoder.kind === 'unavailable' ? 'problem' : undefined}>
        {encoder.kind === 'loading' && text('developer.encoder.loading')}
        {encoder.kind === 'ready' && text('developer.encoder.ready', { version: encoder.version })}
        {encoder.kind === 'unavailable' &&
          text(`developer.encoder.${encoder.reason}`, { detail: encoder.detail })}
      </p>
    </section>
  );
}
