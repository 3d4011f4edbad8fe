import { useLocalisation } from '../i18n/localisation';
import { ChartFigure } from './chart-figure';
import { weekdayNames } from './weekday-names';

/** Monday first; the data counts from Sunday. */
const ORDER = [1, 2, 3, 4, 5, 6, 0] as const;
const LABEL_PX = 40;
const ROW_PX = 20;
const AXIS_PX = 18;
const HEIGHT_PX = 7 * ROW_PX + AXIS_PX;

/** When somebody talks to Echo: a week, hour by hour, darker where it was more. */
export function HeatMap({ heat }: { readonly heat: readonly (readonly number[])[] }) {
  const { text, formats, language } = useLocalisation();
  const names = weekdayNames(language, 'short');
  const longNames = weekdayNames(language, 'long');
  const most = Math.max(1, ...heat.flat());
  const cells = ORDER.flatMap((weekday) =>
    Array.from({ length: 24 }, (_, hour) => ({ weekday, hour, count: heat[weekday]?.[hour] ?? 0 })),
  );
  const busiest = cells.reduce((best, cell) => (cell.count > best.count ? cell : best));
  const said = cells.reduce((sum, { count }) => sum + count, 0);
  return (
    <ChartFigure
      title={text('habits.when')}
      summary={text('habits.when.summary', {
        count: said,
        day: longNames[busiest.weekday] ?? '',
        hour: formats.number(busiest.hour),
        most: busiest.count,
      })}
      points={cells.map(({ weekday, hour, count }) =>
        text('habits.when.point', { day: longNames[weekday] ?? '', hour: formats.number(hour), count }),
      )}
      pointsAcross={24}
      data={{
        name: 'echo-when',
        head: [text('habits.column.weekday'), text('habits.column.hour'), text('habits.column.count')],
        rows: cells
          .filter(({ count }) => count > 0)
          .map(({ weekday, hour, count }) => [longNames[weekday] ?? '', hour, count]),
      }}
      height={HEIGHT_PX}
      draw={({ width, chosen, choose }) => {
        const step = (width - LABEL_PX) / 24;
        return (
          <svg aria-hidden="true" width={width} height={HEIGHT_PX} viewBox={`0 0 ${width} ${HEIGHT_PX}`}>
            {ORDER.map((weekday, row) => (
              <text key={weekday} className="chart-label" x={0} y={row * ROW_PX + 14}>
                {names[weekday]}
              </text>
            ))}
            {cells.map(({ weekday, hour, count }, index) => (
              <rect
                key={`${weekday} ${hour}`}
                className={index === chosen ? 'chart-cell is-chosen' : 'chart-cell'}
                x={LABEL_PX + hour * step + 0.5}
                y={Math.floor(index / 24) * ROW_PX + 0.5}
                width={Math.max(1, step - 1)}
                height={ROW_PX - 1}
                fillOpacity={count === 0 ? 0 : 0.2 + (0.8 * count) / most}
                onPointerEnter={() => choose(index)}
              />
            ))}
            {[0, 6, 12, 18].map((hour) => (
              <text key={hour} className="chart-label" x={LABEL_PX + hour * step} y={7 * ROW_PX + 14}>
                {text('habits.when.hour', { hour: formats.number(hour) })}
              </text>
            ))}
          </svg>
        );
      }}
    />
  );
}
