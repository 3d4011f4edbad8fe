import { useLocalisation } from '../i18n/localisation';
import { ChartFigure } from './chart-figure';

export interface CurveLine {
  readonly label: string;
  /** Shares in [0, 1], one a point; `undefined` where nothing is known. */
  readonly values: readonly (number | undefined)[];
  /** Drawn in the one colour; the others are grey, for comparison. */
  readonly isMain: boolean;
}

const HEIGHT_PX = 180;
const AXIS_PX = 20;
const TOP_PX = 10;
const LABEL_PX = 16;

/** How shares change over time, one line in colour beside what it is to be compared with. */
export function ShareCurve({
  title,
  summary,
  name,
  pointHead,
  pointLabels,
  lines,
}: {
  readonly title: string;
  readonly summary: string;
  /** Of the file. */
  readonly name: string;
  readonly pointHead: string;
  readonly pointLabels: readonly string[];
  readonly lines: readonly CurveLine[];
}) {
  const { text, formats } = useLocalisation();
  const height = HEIGHT_PX + LABEL_PX * lines.length;
  const bottom = HEIGHT_PX - AXIS_PX;
  const y = (share: number) => TOP_PX + (1 - share) * (bottom - TOP_PX);
  const told = (share: number | undefined) =>
    share === undefined ? text('chart.unknown') : formats.percent(share);
  return (
    <ChartFigure
      title={title}
      summary={summary}
      points={pointLabels.map(
        (label, index) =>
          `${label}: ${lines.map((line) => text('chart.figure', { name: line.label, value: told(line.values[index]) })).join(' · ')}`,
      )}
      data={{
        name,
        head: [pointHead, ...lines.map(({ label }) => label)],
        rows: pointLabels.map((label, index) => [
          label,
          ...lines.map(({ values }) => rounded(values[index])),
        ]),
      }}
      height={height}
      draw={({ width, chosen, choose }) => {
        const step = pointLabels.length < 2 ? 0 : (width - 8) / (pointLabels.length - 1);
        const x = (index: number) => 4 + index * step;
        return (
          <svg aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
            {[0, 0.5, 1].map((share) => (
              <g key={share}>
                <line className="chart-axis" x1={0} x2={width} y1={y(share)} y2={y(share)} />
                <text className="chart-label is-end" x={width} y={y(share) - 3}>
                  {formats.percent(share)}
                </text>
              </g>
            ))}
            {lines.toReversed().map(({ label, values, isMain }) => (
              <path
                key={label}
                className={
                  isMain
                    ? 'chart-line is-main'
                    : `chart-line is-other-${lines.findIndex((one) => one.label === label)}`
                }
                d={pathOf(values, x, y)}
              />
            ))}
            {lines.map(({ label, values, isMain }) =>
              isMain
                ? values.map((share, index) =>
                    share === undefined ? null : (
                      <circle
                        key={`${label} ${x(index)}`}
                        className="chart-dot"
                        cx={x(index)}
                        cy={y(share)}
                        r={index === chosen ? 5 : 3}
                      />
                    ),
                  )
                : null,
            )}
            {chosen !== undefined && (
              <line className="chart-cursor" x1={x(chosen)} x2={x(chosen)} y1={TOP_PX} y2={bottom} />
            )}
            {pointLabels.map((label, index) => (
              <rect
                key={`${label} ${x(index)}`}
                className="chart-hit"
                x={x(index) - step / 2}
                y={0}
                width={Math.max(step, 8)}
                height={bottom}
                onPointerEnter={() => choose(index)}
              />
            ))}
            <text className="chart-label" x={0} y={HEIGHT_PX - 5}>
              {pointLabels[0]}
            </text>
            {pointLabels.length > 1 && (
              <text className="chart-label is-end" x={width} y={HEIGHT_PX - 5}>
                {pointLabels.at(-1)}
              </text>
            )}
            {lines.map(({ label, values, isMain }, row) => (
              <g key={label}>
                <line
                  className={isMain ? 'chart-line is-main' : `chart-line is-other-${row}`}
                  x1={0}
                  x2={22}
                  y1={HEIGHT_PX + row * LABEL_PX + 6}
                  y2={HEIGHT_PX + row * LABEL_PX + 6}
                />
                <text className="chart-label" x={28} y={HEIGHT_PX + row * LABEL_PX + 10}>
                  {text('chart.figure', {
                    name: label,
                    value: told(values.findLast((one) => one !== undefined)),
                  })}
                </text>
              </g>
            ))}
          </svg>
        );
      }}
    />
  );
}

function pathOf(
  values: readonly (number | undefined)[],
  x: (index: number) => number,
  y: (share: number) => number,
): string {
  let isDown = false;
  return values
    .map((share, index) => {
      if (share === undefined) {
        isDown = false;
        return '';
      }
      const command = isDown ? 'L' : 'M';
      isDown = true;
      return `${command}${x(index).toFixed(1)} ${y(share).toFixed(1)}`;
    })
    .join('');
}

const rounded = (share: number | undefined): string | number =>
  share === undefined ? '' : Math.round(share * 1_000) / 1_000;
