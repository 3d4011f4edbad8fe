/** Where things stand on the map of recordings, in pixels from its top left corner. */

export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

export interface MapBox extends MapPoint {
  readonly width: number;
  readonly height: number;
}

export interface LabelWish {
  readonly text: string;
  /** The recordings it names. */
  readonly points: readonly MapPoint[];
}

export interface PlacedLabel extends MapBox {
  /** What there is room for: the whole of it, or its beginning with an ellipsis. */
  readonly text: string;
}

/** Around the recordings of a map: half a dot, and room for the labels of those at the edge. */
export const MAP_MARGIN = 34;
export const LABEL_SIZE = 13;
const LABEL_HEIGHT = 18;
const DOT_REACH = 9;
const MOST_LABEL_EMS = 9;
/** Pixels between the centres of two dots. */
const LEAST_APART = 13;
const ROOM_ROUNDS = 40;

/** Fits the places of a map, `height` high where it is 1 wide, into a width in pixels. */
export function fitMap(
  takes: readonly { readonly x: number; readonly y: number }[],
  height: number,
  widthPx: number,
): { readonly points: readonly MapPoint[]; readonly heightPx: number } {
  const inner = Math.max(1, widthPx - 2 * MAP_MARGIN);
  // As high as it needs to be, and never so high that it does not fit on a screen.
  const scale = Math.min(inner, 420 / Math.max(height, 0.01));
  const heightPx = Math.round(Math.max(160, scale * height + 2 * MAP_MARGIN));
  const left = (widthPx - scale) / 2;
  const top = (heightPx - scale * height) / 2;
  const isAlone = height === 0 && takes.every(({ x }) => x === takes[0]?.x);
  const points = takes.map(({ x, y }) => ({
    x: isAlone ? widthPx / 2 : left + scale * x,
    y: top + scale * (height - y),
  }));
  return { points: madeRoom(points), heightPx };
}

/** Moves dots that would cover each other apart, as little as it takes. */
function madeRoom(points: readonly MapPoint[]): readonly MapPoint[] {
  const moved = points.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < ROOM_ROUNDS; round += 1) {
    let isCrowded = false;
    for (const [index, one] of moved.entries()) {
      for (const other of moved.slice(index + 1)) {
        const distance = Math.hypot(other.x - one.x, other.y - one.y);
        if (distance >= LEAST_APART) continue;
        isCrowded = true;
        // Two in the same place part sideways, each pair its own way.
        const angle = distance === 0 ? index : Math.atan2(other.y - one.y, other.x - one.x);
        const step = (LEAST_APART - distance) / 2;
        one.x -= step * Math.cos(angle);
        one.y -= step * Math.sin(angle);
        other.x += step * Math.cos(angle);
        other.y += step * Math.sin(angle);
      }
    }
    if (!isCrowded) break;
  }
  return moved;
}

/** The dot nearest to a place, for fingers that are larger than dots. */
export function nearestPoint(points: readonly MapPoint[], at: MapPoint): number {
  const distances = points.map(({ x, y }) => Math.hypot(x - at.x, y - at.y));
  return distances.indexOf(Math.min(...distances));
}

/**
 * Labels beside what they name: above, below, right or left of it, at the first place where they cover neither a dot
 * nor another label; `undefined` for those that find none. Crowded phrases come last.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  frame: { readonly width: number; readonly height: number },
): readonly (PlacedLabel | undefined)[] {
  const dots = wishes.flatMap(({ points }) => points).map(({ x, y }) => around(x, y));
  const placed: (PlacedLabel | undefined)[] = wishes.map(() => undefined);
  const taken: MapBox[] = [];
  for (const [index, { text, points }] of wishes.entries()) {
    const label = shortened(text);
    const width = LABEL_SIZE * emsOf(label) + 6;
    const spot = candidates(points, width).find(
      (box) => isInside(box, frame) && ![...dots, ...taken].some((other) => overlaps(box, other)),
    );
    if (spot === undefined) continue;
    taken.push(spot);
    placed[index] = { ...spot, text: label };
  }
  return placed;
}

function candidates(points: readonly MapPoint[], width: number): MapBox[] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const centre = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const middle = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  const [left, right] = [Math.min(...xs) - DOT_REACH, Math.max(...xs) + DOT_REACH];
  const [top, bottom] = [Math.min(...ys) - DOT_REACH, Math.max(...ys) + DOT_REACH];
  const size = { width, height: LABEL_HEIGHT };
  const across = [centre - width / 2, centre - width, centre];
  return [
    ...across.map((x) => ({ x, y: top - LABEL_HEIGHT, ...size })),
    ...across.map((x) => ({ x, y: bottom, ...size })),
    { x: right, y: middle - LABEL_HEIGHT / 2, ...size },
    { x: left - width, y: middle - LABEL_HEIGHT / 2, ...size },
    // Beside each single recording, when the phrase is strewn over the map.
    ...points.flatMap(({ x, y }) => [
      { x: x - width / 2, y: y - DOT_REACH - LABEL_HEIGHT, ...size },
      { x: x - width / 2, y: y + DOT_REACH, ...size },
      { x: x + DOT_REACH, y: y - LABEL_HEIGHT / 2, ...size },
      { x: x - DOT_REACH - width, y: y - LABEL_HEIGHT / 2, ...size },
    ]),
  ];
}

const around = (x: number, y: number): MapBox => ({ x: x - 6, y: y - 6, width: 12, height: 12 });

function isInside(box: MapBox, frame: { readonly width: number; readonly height: number }): boolean {
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= frame.width && box.y + box.height <= frame.height;
}

function overlaps(a: MapBox, b: MapBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Chinese, Japanese and Korean characters are as wide as high, letters about half as wide. */
function emsOf(text: string): number {
  let ems = 0;
  for (const character of text) ems += isWide(character) ? 1 : 0.58;
  return ems;
}

const isWide = (character: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u.test(
    character,
  );

function shortened(text: string): string {
  if (emsOf(text) <= MOST_LABEL_EMS) return text;
  let kept = '';
  for (const character of text) {
    if (emsOf(kept + character) > MOST_LABEL_EMS - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
