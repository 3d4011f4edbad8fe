import { describe, expect, it } from 'vitest';
import { neighbour } from '../../../src/ui/components/map-points';
import { fitMap, type MapBox, nearestPoint, placeLabels } from '../../../src/ui/map-layout';

const frame = { width: 288, height: 260 };

function overlap(a: MapBox, b: MapBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('fitMap', () => {
  it('keeps every dot inside, and as far apart as a finger can tell', () => {
    const takes = [
      { x: 0, y: 0 },
      { x: 1, y: 0.8 },
      { x: 0.5, y: 0.4 },
      { x: 0.5, y: 0.4 },
      { x: 0.5, y: 0.4 },
    ];
    const { points, heightPx } = fitMap(takes, 0.8, 288);
    for (const [index, { x, y }] of points.entries()) {
      expect(x).toBeGreaterThan(10);
      expect(x).toBeLessThan(278);
      expect(y).toBeGreaterThan(10);
      expect(y).toBeLessThan(heightPx - 10);
      for (const other of points.slice(index + 1)) {
        expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(10);
      }
    }
  });

  it('puts a single recording into the middle', () => {
    expect(fitMap([{ x: 0.5, y: 0 }], 0, 288)).toEqual({ points: [{ x: 144, y: 80 }], heightPx: 160 });
  });
});

describe('placeLabels', () => {
  it('covers neither dots nor other labels, and stays inside', () => {
    const wishes = [
      { text: 'good morning', points: [{ x: 40, y: 40 }] },
      { text: '早上好', points: [{ x: 60, y: 52 }] },
      { text: 'a phrase with a name that is far too long for a map', points: [{ x: 270, y: 240 }] },
    ];
    const labels = placeLabels(wishes, frame).filter((label) => label !== undefined);
    expect(labels.map(({ text }) => text)).toEqual(['good morning', '早上好', 'a phrase with…']);
    for (const [index, label] of labels.entries()) {
      expect(label.x).toBeGreaterThanOrEqual(0);
      expect(label.x + label.width).toBeLessThanOrEqual(frame.width);
      expect(labels.slice(index + 1).some((other) => overlap(label, other))).toBe(false);
    }
  });

  it('leaves out what finds no room', () => {
    const crowd = Array.from({ length: 60 }, (_, index) => ({
      text: `phrase ${index}`,
      points: [{ x: 140 + (index % 8), y: 130 + index / 8 }],
    }));
    const labels = placeLabels(crowd, frame);
    expect(labels).toHaveLength(60);
    expect(labels).toContain(undefined);
  });
});

describe('dots', () => {
  const points = [
    { x: 10, y: 50 },
    { x: 90, y: 10 },
    { x: 50, y: 90 },
  ];

  it('are all reached with the arrow keys, and an edge leads nowhere', () => {
    expect(neighbour(points, 0, 'ArrowRight')).toBe(2);
    expect(neighbour(points, 2, 'ArrowRight')).toBe(1);
    expect(neighbour(points, 1, 'ArrowRight')).toBeUndefined();
    expect(neighbour(points, 0, 'ArrowUp')).toBe(1);
    expect(neighbour(points, 0, 'ArrowDown')).toBe(2);
    expect(neighbour(points, 1, 'Home')).toBe(0);
    expect(neighbour(points, 0, 'End')).toBe(1);
    expect(neighbour(points, 0, 'a')).toBeUndefined();
  });

  it('are found by a finger that is near', () => {
    expect(nearestPoint(points, { x: 60, y: 80 })).toBe(2);
  });
});
