import { type KeyboardEvent, type MouseEvent, useId, useRef, useState } from 'react';
import type { TakeId } from '../../core/ids';
import type { MappedTake, TakeMap } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';
import { type MapPoint, nearestPoint } from '../map-layout';
import { takeNumber } from '../take-name';

/**
 * The dots as buttons. One of them takes part in Tab; the arrow keys go on from there, left and right in the order of
 * the dots across, up and down in that of their height, so that every dot is reached.
 */
export function MapPoints({
  map,
  points,
  chosen,
  onChoose,
}: {
  readonly map: TakeMap;
  readonly points: readonly MapPoint[];
  readonly chosen: TakeId | undefined;
  readonly onChoose: (id: TakeId) => void;
}) {
  const echo = useEcho();
  const text = useText();
  const hintId = useId();
  const nameOf = usePointName();
  const group = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const reachable = Math.min(current, map.takes.length - 1);

  function onKeyDown(event: KeyboardEvent) {
    const next = neighbour(points, reachable, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    group.current?.querySelectorAll('button')[next]?.focus();
  }

  function choose(index: number) {
    const take = map.takes[index];
    if (take === undefined) return;
    setCurrent(index);
    onChoose(take.takeId);
    void echo.play(take.takeId);
  }

  /** Buttons overlap where dots lie close: a finger means the nearest, not the one that happens to be on top. */
  function pressed({ detail, clientX, clientY }: MouseEvent): number | undefined {
    const frame = group.current?.getBoundingClientRect();
    if (detail === 0 || frame === undefined) return undefined;
    return nearestPoint(points, { x: clientX - frame.left, y: clientY - frame.top });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for things to fill in
    <div
      ref={group}
      role="group"
      className="map-points"
      aria-label={text('map.title')}
      aria-describedby={hintId}
      onKeyDown={onKeyDown}
    >
      <span id={hintId} className="visually-hidden">
        {text('map.keys')}
      </span>
      {map.takes.map((take, index) => (
        <button
          key={take.takeId}
          type="button"
          className="map-point"
          style={{ insetInlineStart: points[index]?.x, insetBlockStart: points[index]?.y }}
          tabIndex={index === reachable ? 0 : -1}
          aria-label={nameOf(take)}
          aria-pressed={take.takeId === chosen}
          onFocus={() => setCurrent(index)}
          onClick={(event) => choose(pressed(event) ?? index)}
        />
      ))}
    </div>
  );
}

/** What a dot is called, with what is odd about it. */
function usePointName(): (take: MappedTake) => string {
  const text = useText();
  const nameOf = usePhraseName();
  const { phrases } = useEchoState();
  return ({ takeId, phraseId, outlier }) => {
    const phrase = phrases.find(({ id }) => id === phraseId);
    const values = { name: nameOf(phraseId), number: takeNumber(phrase, takeId) };
    return outlier === undefined
      ? text('map.point', { name: values.name, number: values.number })
      : text('map.pointOdd', { name: values.name, number: values.number });
  };
}

const KEYS: Readonly<Record<string, readonly [axis: 'x' | 'y', step: 1 | -1]>> = {
  ArrowRight: ['x', 1],
  ArrowLeft: ['x', -1],
  ArrowDown: ['y', 1],
  ArrowUp: ['y', -1],
};

/** The dot that a key leads to; none at the edge, and for keys that lead nowhere. */
export function neighbour(points: readonly MapPoint[], from: number, key: string): number | undefined {
  const order = (axis: 'x' | 'y') =>
    [...points.keys()].sort((a, b) => (points[a]?.[axis] ?? 0) - (points[b]?.[axis] ?? 0) || a - b);
  if (key === 'Home') return order('x')[0];
  if (key === 'End') return order('x').at(-1);
  const way = KEYS[key];
  if (way === undefined) return undefined;
  const [axis, step] = way;
  const along = order(axis);
  return along[along.indexOf(from) + step];
}
