import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';

/** What is beyond its threshold now. */
export function AlertReport() {
  const { text, formats } = useLocalisation();
  const { alerts } = useEchoState();
  return (
    <section className={alerts.length > 0 ? 'card card-danger' : 'card'}>
      <h2>{text('developer.alerts')}</h2>
      <div role="status">
        {alerts.length === 0 && <p>{text('developer.alerts.none')}</p>}
        {alerts.map(({ name, value, threshold, at }) => (
          <p key={name} className="verdict-line">
            <Icon name="warning" />
            {text('developer.alerts.raised', {
              name,
              value: formats.number(value, 2),
              threshold: formats.number(threshold, 2),
              when: formats.time(at),
            })}
          </p>
        ))}
      </div>
    </section>
  );
}
