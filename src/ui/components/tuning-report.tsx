import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';

/** Whether the encoder tuned to the person helps, judged on recordings it never saw. */
export function TuningReport() {
  const { text, formats } = useLocalisation();
  const { tuning } = useEchoState();
  return (
    <section className="card">
      <h2>{text('developer.tuning')}</h2>
      <p>
        {tuning.kind === 'trained'
          ? text('developer.tuning.trained', { ms: formats.number(tuning.trainMs) })
          : text(`developer.tuning.${tuning.kind}`)}
      </p>
      {tuning.kind === 'trained' && (
        <dl className="counts">
          {(
            [
              ['developer.tuning.without', formats.percent(tuning.acousticAccuracy)],
              ['developer.tuning.with', formats.percent(tuning.fusedAccuracy)],
              ['developer.tuning.weight', formats.number(tuning.weight, 2)],
            ] as const
          ).map(([key, value]) => (
            <div key={key} className="count">
              <dt>{text(key)}</dt>
              <dd className="figures">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
