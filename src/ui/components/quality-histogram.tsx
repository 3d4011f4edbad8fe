import { useLocalisation } from '../i18n/localisation';

const BAR = { width: 26, gap: 4, height: 72 };

/** How many data points each tenth of quality has, with the number on every bar. */
export function QualityHistogram({ counts }: { readonly counts: readonly number[] }) {
  const { text, formats } = useLocalisation();
  const most = Math.max(1, ...counts);
  const width = counts.length * (BAR.width + BAR.gap);
  return (
    <figure className="stack">
      <svg
        className="histogram"
        role="img"
        aria-label={counts
          .map((count, tenth) =>
            text('developer.data.bar', {
              from: formats.number(tenth / counts.length, 1),
              to: formats.number((tenth + 1) / counts.length, 1),
              count,
            }),
          )
          .join('; ')}
        viewBox={`0 0 ${width} ${BAR.height + 36}`}
      >
        {counts.map((count, tenth) => {
          const x = tenth * (BAR.width + BAR.gap);
          const height = Math.max(1, (count / most) * BAR.height);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            <g key={tenth}>
              <rect x={x} y={18 + BAR.height - height} width={BAR.width} height={height} rx="3" />
              {count > 0 && (
                <text x={x + BAR.width / 2} y={12 + BAR.height - height}>
                  {formats.number(count)}
                </text>
              )}
              <text x={x + BAR.width / 2} y={BAR.height + 33}>
                {formats.number(tenth / counts.length, 1)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption className="small quiet">{text('developer.data.distribution')}</figcaption>
    </figure>
  );
}
