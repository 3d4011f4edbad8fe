import { useText } from '../i18n/localisation';

const PROMISES = [
  'network',
  'insights',
  'locked',
  'convenience',
  'deleted',
  'session',
  'integrity',
  'voice',
  'storage',
] as const;

/** The promises Echo can keep, word for word as they can be tested. */
export function Promises() {
  const text = useText();
  return (
    <section className="stack">
      <h2>{text('privacy.promises')}</h2>
      <ul className="promises">
        {PROMISES.map((promise) => (
          <li key={promise}>{text(`privacy.promise.${promise}`)}</li>
        ))}
      </ul>
    </section>
  );
}
