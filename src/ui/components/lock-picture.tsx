import '../styles/lock-picture.css';
import { useLocalisation } from '../i18n/localisation';
import { Icon, type IconName } from './icon';

/** Who can open the ring: the browser by itself, or the person in one or more ways. */
export type Opener = 'browser' | 'passphrase' | 'passkey' | 'recovery';

const RING = { x: 190, y: 180, radius: 118 };
const DISC = { apart: 49, radius: 44 };
const GATE_RADIUS = 21;
const ICON_SIZE = 22;
const ICONS: Readonly<Record<Opener, IconName>> = {
  browser: 'device',
  passphrase: 'lock',
  passkey: 'passkey',
  recovery: 'recovery',
};
const DEGREES: Readonly<Record<Opener, number>> = {
  passkey: -152,
  passphrase: -90,
  recovery: -28,
  browser: -90,
};
/** Labels at the sides begin beside their gate, clear of the ring. */
const BESIDE: Readonly<Record<Opener, number>> = { passkey: 10, passphrase: 0, recovery: -10, browser: 0 };
const WAYS: readonly Opener[] = ['passkey', 'passphrase', 'recovery'];

function onRing(degrees: number): { readonly x: number; readonly y: number } {
  const radians = (degrees * Math.PI) / 180;
  return { x: RING.x + RING.radius * Math.cos(radians), y: RING.y + RING.radius * Math.sin(radians) };
}

/**
 * What lies in the vault, each kind in a ring of its own, all of it in one ring, and the gates in that ring:
 * filled where there is a way in.
 */
export function LockPicture({
  voice,
  words,
  openers,
}: {
  /** Rows about the voice, sealed with one key. */
  readonly voice: number;
  /** Rows about words and habits, sealed with the other. */
  readonly words: number;
  readonly openers: readonly Opener[];
}) {
  const { text, formats, language } = useLocalisation();
  const gates = openers.includes('browser') ? (['browser'] as const) : WAYS;
  const summary = text('privacy.picture', {
    voice,
    words,
    ways: new Intl.ListFormat(language, { type: 'disjunction' }).format(
      openers.map((opener) => text(`privacy.picture.by.${opener}`)),
    ),
  });
  return (
    <figure className="lock-picture">
      <svg aria-hidden="true" viewBox="0 0 380 330">
        <circle className="lock-ring" cx={RING.x} cy={RING.y} r={RING.radius} />
        <Disc
          x={RING.x - DISC.apart}
          count={formats.number(voice)}
          label={text('privacy.group.confidential')}
        />
        <Disc x={RING.x + DISC.apart} count={formats.number(words)} label={text('privacy.picture.words')} />
        <text className="lock-label" x={RING.x} y={RING.y + RING.radius + 24}>
          {text('privacy.picture.master')}
        </text>
        {gates.map((gate) => (
          <Gate
            key={gate}
            gate={gate}
            isThere={openers.includes(gate)}
            label={text(`privacy.picture.${gate}`)}
          />
        ))}
      </svg>
      <figcaption className="small quiet">{summary}</figcaption>
    </figure>
  );
}

function Disc({ x, count, label }: { readonly x: number; readonly count: string; readonly label: string }) {
  return (
    <g>
      <circle className="lock-disc" cx={x} cy={RING.y} r={DISC.radius} />
      <text className="lock-count" x={x} y={RING.y + 8}>
        {count}
      </text>
      <text className="lock-label" x={x} y={RING.y + DISC.radius + 20}>
        {label}
      </text>
    </g>
  );
}

function Gate({
  gate,
  isThere,
  label,
}: {
  readonly gate: Opener;
  readonly isThere: boolean;
  readonly label: string;
}) {
  const { x, y } = onRing(DEGREES[gate]);
  const kind = gate === 'browser' ? 'lock-gate is-weak' : isThere ? 'lock-gate is-there' : 'lock-gate';
  return (
    <g className={kind}>
      <circle cx={x} cy={y} r={GATE_RADIUS} />
      <g transform={`translate(${x - ICON_SIZE / 2} ${y - ICON_SIZE / 2})`}>
        <Icon name={ICONS[gate]} size={ICON_SIZE} />
      </g>
      <text className={`lock-label lock-label-${gate}`} x={x + BESIDE[gate]} y={y - GATE_RADIUS - 9}>
        {label}
      </text>
    </g>
  );
}
