import type { Asked } from '../tossed-crowd';

const COLUMNS = 20;
const STEP = 16;

/** A dot a person: filled for yes, hollow for no, struck through where the coin said the opposite. */
export function CrowdDots({
  crowd,
  isRevealed,
  label,
}: {
  readonly crowd: readonly Asked[];
  readonly isRevealed: boolean;
  readonly label: string;
}) {
  const rows = Math.ceil(crowd.length / COLUMNS);
  return (
    <svg className="crowd" role="img" aria-label={label} viewBox={`0 0 ${COLUMNS * STEP} ${rows * STEP}`}>
      {crowd.map((asked, at) => {
        const x = (at % COLUMNS) * STEP + STEP / 2;
        const y = Math.floor(at / COLUMNS) * STEP + STEP / 2;
        const isLie = asked.isYes !== asked.saysYes;
        return (
          <g key={`${x} ${y}`}>
            <circle cx={x} cy={y} r={5.5} className={asked.saysYes ? 'crowd-yes' : 'crowd-no'} />
            {isRevealed && isLie && (
              <path d={`M${x - 6.5} ${y + 6.5} L${x + 6.5} ${y - 6.5}`} className="crowd-lie" />
            )}
          </g>
        );
      })}
    </svg>
  );
}
