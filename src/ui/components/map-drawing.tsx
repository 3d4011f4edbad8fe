import type { PhraseId, TakeId } from '../../core/ids';
import type { TakeMap } from '../../echo';
import { usePhraseName } from '../hooks/use-phrase-name';
import { type MapPoint, placeLabels } from '../map-layout';

/** The map as a drawing: a star a phrase with its name, the dots, and what is mixed up in the second colour. */
export function MapDrawing({
  map,
  points,
  size,
  chosen,
}: {
  readonly map: TakeMap;
  readonly points: readonly MapPoint[];
  readonly size: { readonly width: number; readonly height: number };
  readonly chosen: TakeId | undefined;
}) {
  const nameOf = usePhraseName();
  const stars = map.phrases.map(({ phraseId }) => {
    const own = points.filter((_, index) => map.takes[index]?.phraseId === phraseId);
    return { phraseId, own, centre: centreOf(own) };
  });
  const centres = new Map<PhraseId, MapPoint>(stars.map(({ phraseId, centre }) => [phraseId, centre]));
  const labels = placeLabels(
    stars.map(({ phraseId, own }) => ({ text: nameOf(phraseId), points: own })),
    size,
  );
  const clashing = new Set(map.clashes.flatMap(({ phraseIds }) => phraseIds));
  return (
    <svg className="map-drawing" aria-hidden="true" width={size.width} height={size.height}>
      {map.clashes.map(({ phraseIds: [first, second] }) => {
        const [from, to] = [centres.get(first), centres.get(second)];
        if (from === undefined || to === undefined) return null;
        return (
          <line
            key={`${first} ${second}`}
            className="map-clash"
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
          />
        );
      })}
      {stars.map(({ phraseId, own, centre }) =>
        own.map(({ x, y }) => (
          <line key={`${phraseId} ${x} ${y}`} className="map-ray" x1={centre.x} y1={centre.y} x2={x} y2={y} />
        )),
      )}
      {map.takes.map(({ takeId, outlier }, index) => {
        const point = points[index];
        if (point === undefined) return null;
        return (
          <g key={takeId} className={outlier === undefined ? 'map-dot' : 'map-dot is-outlier'}>
            {takeId === chosen && <circle className="map-halo" cx={point.x} cy={point.y} r="11" />}
            {/* Not by colour alone: the odd ones are hollow. */}
            <circle cx={point.x} cy={point.y} r={outlier === undefined ? 5 : 5.5} />
          </g>
        );
      })}
      {stars.map(({ phraseId }, index) => {
        const label = labels[index];
        if (label === undefined) return null;
        return (
          <text
            key={phraseId}
            className={clashing.has(phraseId) ? 'map-label is-clashing' : 'map-label'}
            x={label.x + label.width / 2}
            y={label.y + 13}
          >
            {label.text}
          </text>
        );
      })}
    </svg>
  );
}

function centreOf(points: readonly MapPoint[]): MapPoint {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
}
