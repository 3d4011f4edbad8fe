import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';

/** Whether the trained head helps, judged on recordings it never saw. */
export function HeadReport() {
  const { text, formats } = useLocalisation();
  const { head } = useEchoState();
  return (
    <section className="card">
      <h2>{text('developer.head')}</h2>
      <p>
        {head.kind === 'trained'
          ? text('developer.head.trained', { ms: formats.number(head.trainMs) })
          : text(`developer.head.${head.kind}`)}
      </p>
      {head.kind === 'trained' && (
        <dl className="counts">
          {(
            [
              ['developer.head.template', formats.percent(head.templateAccuracy)],
              ['developer.head.fused', formats.percent(head.fusedAccuracy)],
              ['developer.head.weight', formats.number(head.weight, 2)],
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
