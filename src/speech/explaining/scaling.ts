import { seededRandom } from '../../core/random';

export interface Place {
  readonly x: number;
  readonly y: number;
}

const ROUNDS = 300;
const SMALLEST = 1e-12;
const FITTING_ROUNDS = 60;

/**
 * Places on a plane whose distances are as near as possible to the given ones: classical multidimensional scaling
 * (Torgerson, 1952) by power iteration, then fitted by majorisation (de Leeuw, 1977), which minds near neighbours
 * where the plane has no room for all. The widest way lies across and the signs are fixed, so the same distances
 * give the same places.
 *
 * @param squared squares of the distances, symmetric
 */
export function placesFor(count: number, squared: (a: number, b: number) => number): readonly Place[] {
  if (count === 0) return [];
  const centred = doublyCentred(count, squared);
  const first = leadingAxis(centred, count);
  removeAxis(centred, count, first);
  const second = leadingAxis(centred, count);
  const places = turnedWide(fitted(count, squared, first, second));
  return Array.from({ length: count }, (_, index) => ({
    x: places[2 * index] as number,
    y: places[2 * index + 1] as number,
  }));
}

function doublyCentred(count: number, squared: (a: number, b: number) => number): Float64Array {
  const matrix = new Float64Array(count * count);
  const means = new Float64Array(count);
  let overall = 0;
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const value = row === column ? 0 : squared(row, column);
      matrix[row * count + column] = value;
      means[row] = (means[row] as number) + value / count;
    }
    overall += (means[row] as number) / count;
  }
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const cell = row * count + column;
      matrix[cell] =
        -0.5 * ((matrix[cell] as number) - (means[row] as number) - (means[column] as number) + overall);
    }
  }
  return matrix;
}

/** Coordinates along the axis of the largest eigenvalue; zeros where there is nothing left. */
function leadingAxis(matrix: Float64Array, count: number): Float64Array {
  const random = seededRandom(1);
  let vector = Float64Array.from({ length: count }, () => random() - 0.5);
  // Distances by alignment are not quite Euclidean; shifting keeps negative eigenvalues from leading.
  const shift = largestRow(matrix, count);
  let length = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = multiplied(matrix, count, vector, shift);
    length = Math.hypot(...next);
    if (length < SMALLEST) return new Float64Array(count);
    vector = next.map((value) => value / length);
  }
  const value = length - shift;
  return value < SMALLEST * Math.max(1, shift)
    ? new Float64Array(count)
    : vector.map((entry) => entry * Math.sqrt(value));
}

function largestRow(matrix: Float64Array, count: number): number {
  let largest = 0;
  for (let row = 0; row < count; row += 1) {
    let sum = 0;
    for (let column = 0; column < count; column += 1) sum += Math.abs(matrix[row * count + column] as number);
    largest = Math.max(largest, sum);
  }
  return largest / 2;
}

function multiplied(matrix: Float64Array, count: number, vector: Float64Array, shift: number): Float64Array {
  return vector.map((own, row) => {
    let sum = shift * own;
    for (let column = 0; column < count; column += 1) {
      sum += (matrix[row * count + column] as number) * (vector[column] as number);
    }
    return sum;
  });
}

function removeAxis(matrix: Float64Array, count: number, axis: Float64Array): void {
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const cell = row * count + column;
      matrix[cell] = (matrix[cell] as number) - (axis[row] as number) * (axis[column] as number);
    }
  }
}

/** The Guttman transform, again and again: each lowers the squared error of all distances. */
function fitted(
  count: number,
  squared: (a: number, b: number) => number,
  first: Float64Array,
  second: Float64Array,
): Float64Array {
  let places = Float64Array.from({ length: 2 * count }, (_, index) =>
    index % 2 === 0 ? (first[index >> 1] as number) : (second[index >> 1] as number),
  );
  for (let round = 0; round < FITTING_ROUNDS; round += 1) {
    const next = new Float64Array(2 * count);
    for (let a = 0; a < count; a += 1) {
      for (let b = 0; b < count; b += 1) {
        if (a === b) continue;
        const acrossX = (places[2 * a] as number) - (places[2 * b] as number);
        const acrossY = (places[2 * a + 1] as number) - (places[2 * b + 1] as number);
        const drawn = Math.hypot(acrossX, acrossY);
        const pull = drawn < SMALLEST ? 0 : Math.sqrt(Math.max(0, squared(a, b))) / drawn / count;
        next[2 * a] = (next[2 * a] as number) + pull * acrossX;
        next[2 * a + 1] = (next[2 * a + 1] as number) + pull * acrossY;
      }
    }
    places = next;
  }
  return places;
}

/** Turned so that the widest way lies across, and so that the farthest place lies to the right and up. */
function turnedWide(places: Float64Array): Float64Array {
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let index = 0; index < places.length; index += 2) {
    const [x, y] = [places[index] as number, places[index + 1] as number];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turned = places.map((own, index) => {
    const [x, y] = index % 2 === 0 ? [own, places[index + 1] as number] : [places[index - 1] as number, own];
    return index % 2 === 0 ? cosine * x + sine * y : cosine * y - sine * x;
  });
  const [signX, signY] = [signOf(turned, 0), signOf(turned, 1)];
  return turned.map((value, index) => value * (index % 2 === 0 ? signX : signY));
}

function signOf(places: Float64Array, axis: 0 | 1): number {
  let farthest = 0;
  for (let index = axis; index < places.length; index += 2) {
    const value = places[index] as number;
    if (Math.abs(value) > Math.abs(farthest) + SMALLEST) farthest = value;
  }
  return farthest < 0 ? -1 : 1;
}
