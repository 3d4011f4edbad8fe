import type { CellAggregate } from '../aggregate/aggregates';
import { type Html, html, nothing } from './html';

/** An estimate of one answer, or a period that has too few reports for one. */
export type PointInTime = Pick<CellAggregate, 'share' | 'low' | 'high'> | undefined;

const WIDTH = 160;
const HEIGHT = 20;
const PAD = 4;

const scaled = (share: number, length: number): string =>
  (PAD + Math.min(1, Math.max(0, share)) * (length - 2 * PAD)).toFixed(1);

/** One share as a point on its interval, from 0 to 100 %. What it shows stands beside it in words. */
export function shareChart({ share, low, high }: CellAggregate): Html {
  const middle = HEIGHT / 2;
  return html`<svg class="share-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">
<line class="axis" x1="${PAD}" x2="${WIDTH - PAD}" y1="${middle}" y2="${middle}"/>
<line class="interval" x1="${scaled(low, WIDTH)}" x2="${scaled(high, WIDTH)}" y1="${middle}" y2="${middle}"/>
<circle class="point" cx="${scaled(share, WIDTH)}" cy="${middle}" r="3"/>
</svg>`;
}

const TIME_WIDTH = 168;
const TIME_HEIGHT = 44;

/**
 * One share over time, oldest on the left, each with its interval as an upright line. The scale goes from nothing
 * to the highest end of an interval, so that small shares can be seen to change.
 */
export function timeChart(points: readonly PointInTime[], label: string): Html {
  const top = Math.max(0.05, ...points.map((point) => point?.high ?? 0));
  const step = (TIME_WIDTH - 2 * PAD) / Math.max(1, points.length - 1);
  const x = (index: number): string => (PAD + index * step).toFixed(1);
  const y = (share: number): string => (TIME_HEIGHT - Number(scaled(share / top, TIME_HEIGHT))).toFixed(1);
  const marks = points.map((point, index) =>
    point === undefined
      ? nothing
      : html`<line class="interval" x1="${x(index)}" x2="${x(index)}" y1="${y(point.low)}" y2="${y(point.high)}"/><circle class="point" cx="${x(index)}" cy="${y(point.share)}" r="2.5"/>`,
  );
  const runs = stretches(points).map(
    (run) =>
      html`<polyline class="course" points="${run.map(({ index, share }) => `${x(index)},${y(share)}`).join(' ')}"/>`,
  );
  return html`<svg class="time-chart" viewBox="0 0 ${TIME_WIDTH} ${TIME_HEIGHT}" role="img" aria-label="${label}">
<line class="axis" x1="${PAD}" x2="${TIME_WIDTH - PAD}" y1="${TIME_HEIGHT - PAD}" y2="${TIME_HEIGHT - PAD}"/>
${runs}${marks}</svg>`;
}

/** Periods in a row that have an estimate; a line is never drawn across one that has none. */
function stretches(points: readonly PointInTime[]): readonly { index: number; share: number }[][] {
  const runs: { index: number; share: number }[][] = [[]];
  points.forEach((point, index) => {
    if (point === undefined) runs.push([]);
    else runs.at(-1)?.push({ index, share: point.share });
  });
  return runs.filter(({ length }) => length > 1);
}
