import '../styles/charts.css';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { DataTable } from '../components/data-table';
import { useWidth } from '../hooks/use-width';
import { useLocalisation } from '../i18n/localisation';
import type { ChartData } from './chart-data';
import { SaveRows } from './save-rows';

/** What a drawing needs: how wide it is, the point that is pointed at, and whom to tell of another one. */
export interface ChartCanvas {
  readonly width: number;
  readonly chosen: number | undefined;
  readonly choose: (point: number | undefined) => void;
}

/**
 * A chart with all that belongs to it: its name, what it shows in words, every point by arrow keys or pointer, the
 * figures as a table, and as a file.
 */
export function ChartFigure({
  title,
  summary,
  points,
  pointsAcross,
  data,
  height,
  draw,
}: {
  readonly title: string;
  readonly summary: string;
  /** What each point says, in the order of the arrow keys. */
  readonly points: readonly string[];
  /** Points in a row of a chart that has rows: up and down go from row to row. */
  readonly pointsAcross?: number;
  readonly data: ChartData;
  /** In pixels, of the drawing. */
  readonly height: number;
  readonly draw: (canvas: ChartCanvas) => ReactNode;
}) {
  const { text } = useLocalisation();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [chosen, choose] = useState<number>();
  const across = pointsAcross ?? 1;

  function move(event: KeyboardEvent) {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -across,
      ArrowDown: across,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    const step = steps[event.key];
    if (event.key === 'Escape') choose(undefined);
    if (step === undefined || points.length === 0) return;
    event.preventDefault();
    const from = chosen ?? (step > 0 ? -1 : points.length);
    choose(Math.min(points.length - 1, Math.max(0, from + step)));
  }

  return (
    <figure className="card chart" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{title}</h3>
      <div
        ref={frame}
        className="chart-frame"
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-summary ${id}-keys`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read every point
        tabIndex={0}
        style={{ blockSize: height }}
        onKeyDown={move}
        onPointerLeave={() => choose(undefined)}
        onBlur={() => choose(undefined)}
      >
        {width > 0 && draw({ width, chosen, choose })}
      </div>
      <p className="chart-point figures" aria-live="polite">
        {chosen === undefined ? '' : points[chosen]}
      </p>
      <figcaption id={`${id}-summary`}>{summary}</figcaption>
      <p id={`${id}-keys`} className="visually-hidden">
        {text('chart.keys')}
      </p>
      <details className="chart-table">
        <summary className="label">{text('chart.table')}</summary>
        <DataTable
          label={title}
          head={data.head}
          rows={data.rows.map((cells, row) => ({ key: `${row}`, cells }))}
        />
        <SaveRows data={data} />
      </details>
    </figure>
  );
}
