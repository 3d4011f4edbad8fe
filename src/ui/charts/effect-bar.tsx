import type { Adaptation } from '../../echo';

const WIDTH = 240;
const HEIGHT = 28;

/** Where the difference lies: the interval as a bar, the measured value as a dot, no difference as a line. Words stand beside it. */
export function EffectBar({ effect }: { readonly effect: NonNullable<Adaptation['effect']> }) {
  const reach = Math.max(Math.abs(effect.low), Math.abs(effect.high), 1e-9) * 1.1;
  const x = (value: number) => WIDTH / 2 + (value / reach) * (WIDTH / 2);
  return (
    <svg
      className="effect-bar"
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <line className="chart-axis" x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <rect
        className="effect-range"
        x={x(effect.low)}
        y={HEIGHT / 2 - 5}
        width={Math.max(1, x(effect.high) - x(effect.low))}
        height={10}
        rx={2}
      />
      <line className="effect-none" x1={WIDTH / 2} x2={WIDTH / 2} y1={2} y2={HEIGHT - 2} />
      <rect
        className="effect-value"
        x={x(effect.difference) - 2}
        y={HEIGHT / 2 - 9}
        width={4}
        height={18}
        rx={2}
      />
    </svg>
  );
}
