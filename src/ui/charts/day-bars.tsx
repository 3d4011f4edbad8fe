import type { DayOfUse } from '../../echo';
import { useLocalisation } from '../i18n/localisation';
import { ChartFigure } from './chart-figure';
import { dayName } from './weekday-names';

const MOST_DAYS = 42;
const HEIGHT_PX = 132;
const AXIS_PX = 20;
const TOP_PX = 18;
const DAY_MS = 86_400_000;

/** How much was said day by day, and how much of it was wrong. */
export function DayBars({ days }: { readonly days: readonly DayOfUse[] }) {
  const { text, language } = useLocalisation();
  const shown = withoutGaps(days).slice(-MOST_DAYS);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const sum = (of: (day: Shown) => number) => shown.reduce((total, day) => total + of(day), 0);
  const [first, last] = [shown[0], shown.at(-1)];
  const label = ({ day }: Shown) => dayName(language, day);
  return (
    <ChartFigure
      title={text('habits.days')}
      summary={text('habits.days.summary', {
        count: sum(({ count }) => count),
        days: shown.filter(({ count }) => count > 0).length,
        complaints: sum(({ complaints }) => complaints),
      })}
      points={shown.map((day) =>
        text('habits.days.point', { day: label(day), count: day.count, complaints: day.complaints }),
      )}
      data={{
        name: 'echo-days',
        head: [text('habits.column.day'), text('habits.column.count'), text('habits.column.complaints')],
        rows: shown.map(({ day, count, complaints }) => [day, count, complaints]),
      }}
      height={HEIGHT_PX}
      draw={({ width, chosen, choose }) => {
        const step = width / shown.length;
        const bottom = HEIGHT_PX - AXIS_PX;
        const tall = (count: number) => (count / most) * (bottom - TOP_PX);
        return (
          <svg aria-hidden="true" width={width} height={HEIGHT_PX} viewBox={`0 0 ${width} ${HEIGHT_PX}`}>
            <line className="chart-axis" x1={0} x2={width} y1={bottom} y2={bottom} />
            <text className="chart-label" x={0} y={12}>
              {text('habits.days.most', { count: most })}
            </text>
            {shown.map((day, index) => (
              <g
                key={day.day}
                className={index === chosen ? 'chart-bar is-chosen' : 'chart-bar'}
                onPointerEnter={() => choose(index)}
              >
                <rect className="chart-hit" x={index * step} y={0} width={step} height={bottom} />
                <rect
                  className="chart-fill"
                  x={index * step + step * 0.1}
                  y={bottom - tall(day.count)}
                  width={Math.max(1, step * 0.8)}
                  height={tall(day.count)}
                />
                <rect
                  className="chart-second"
                  x={index * step + step * 0.1}
                  y={bottom - tall(day.complaints)}
                  width={Math.max(1, step * 0.8)}
                  height={tall(day.complaints)}
                />
              </g>
            ))}
            {first !== undefined && (
              <text className="chart-label" x={0} y={HEIGHT_PX - 5}>
                {label(first)}
              </text>
            )}
            {last !== undefined && last !== first && (
              <text className="chart-label is-end" x={width} y={HEIGHT_PX - 5}>
                {label(last)}
              </text>
            )}
          </svg>
        );
      }}
    />
  );
}

type Shown = Pick<DayOfUse, 'day' | 'count' | 'complaints'>;

/** Days on which nothing was said are days as well. Reckoned in UTC, where all are equally long. */
function withoutGaps(days: readonly DayOfUse[]): readonly Shown[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const end = Date.parse(`${last.day}T00:00:00Z`);
  const start = Math.max(Date.parse(`${first.day}T00:00:00Z`), end - (MOST_DAYS - 1) * DAY_MS);
  return Array.from({ length: Math.round((end - start) / DAY_MS) + 1 }, (_, index) => {
    const day = new Date(start + index * DAY_MS).toISOString().slice(0, 10);
    return known.get(day) ?? { day, count: 0, complaints: 0 };
  });
}
