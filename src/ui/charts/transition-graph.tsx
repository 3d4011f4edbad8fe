import { useLocalisation } from '../i18n/localisation';
import { ChartFigure } from './chart-figure';

/** One thing that tends to follow another, by name. */
export interface ShownTransition {
  readonly from: string;
  readonly to: string;
  /** Share of what followed `from`, in [0, 1]. */
  readonly share: number;
  readonly count: number;
}

const MOST_LINKS = 10;
const ROW_PX = 30;
const TOP_PX = 22;
const LETTER_PX = 8.4;

/** What follows what: first on the left, next on the right, a thicker line where it is more often so. */
export function TransitionGraph({ transitions }: { readonly transitions: readonly ShownTransition[] }) {
  const { text, formats } = useLocalisation();
  const shown = transitions.slice(0, MOST_LINKS);
  if (shown.length === 0) return <p className="quiet">{text('habits.follows.none')}</p>;
  const firsts = [...new Set(shown.map(({ from }) => from))];
  const nexts = [...new Set(shown.map(({ to }) => to))];
  const height = TOP_PX + Math.max(firsts.length, nexts.length) * ROW_PX;
  const strongest = shown.reduce((best, one) => (one.count > best.count ? one : best));
  const y = (row: number) => TOP_PX + row * ROW_PX + ROW_PX / 2;
  return (
    <ChartFigure
      title={text('habits.follows')}
      summary={text('habits.follows.summary', {
        from: strongest.from,
        to: strongest.to,
        percent: formats.percent(strongest.share),
      })}
      points={shown.map(({ from, to, share, count }) =>
        text('habits.follows.point', {
          from,
          to,
          percent: formats.percent(share),
          count: formats.number(count),
        }),
      )}
      data={{
        name: 'echo-what-follows-what',
        head: [
          text('habits.column.first'),
          text('habits.column.next'),
          text('habits.column.share'),
          text('habits.column.count'),
        ],
        rows: transitions.map(({ from, to, share, count }) => [
          from,
          to,
          Math.round(share * 1_000) / 1_000,
          Math.round(count * 100) / 100,
        ]),
      }}
      height={height}
      draw={({ width, chosen, choose }) => {
        const side = Math.min(width * 0.36, 200);
        const letters = Math.max(4, Math.floor(side / LETTER_PX));
        const [left, right] = [side, width - side];
        const middle = (left + right) / 2;
        return (
          <svg aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
            <text className="chart-label" x={0} y={14}>
              {text('habits.column.first')}
            </text>
            <text className="chart-label is-end" x={width} y={14}>
              {text('habits.column.next')}
            </text>
            {shown.map(({ from, to, share }, index) => {
              const [start, end] = [y(firsts.indexOf(from)), y(nexts.indexOf(to))];
              return (
                <path
                  key={`${from} ${to}`}
                  className={index === chosen ? 'chart-link is-chosen' : 'chart-link'}
                  d={`M${left} ${start}C${middle} ${start} ${middle} ${end} ${right} ${end}`}
                  strokeWidth={1 + share * 8}
                  onPointerEnter={() => choose(index)}
                />
              );
            })}
            {firsts.map((name, row) => (
              <text key={name} className="chart-name is-end" x={left - 8} y={y(row) + 4}>
                {shortened(name, letters)}
              </text>
            ))}
            {nexts.map((name, row) => (
              <text key={name} className="chart-name" x={right + 8} y={y(row) + 4}>
                {shortened(name, letters)}
              </text>
            ))}
          </svg>
        );
      }}
    />
  );
}

/** Letters of Chinese are twice as wide. */
function shortened(name: string, letters: number): string {
  let left = letters;
  const fits = [...name].findIndex((letter) => {
    left -= letter > '\u2e7f' ? 2 : 1;
    return left < 0;
  });
  return fits < 0 ? name : `${[...name].slice(0, Math.max(1, fits - 1)).join('')}…`;
}
