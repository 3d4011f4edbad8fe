import type { TextVector } from './text-space';

/** Weights of each class for each feature, row-major `[featureCount, classCount]`. */
export type RidgeWeights = Float32Array;

export interface LabelledVectors {
  readonly vectors: readonly TextVector[];
  /** Class of each vector, from 0. */
  readonly labels: readonly number[];
  readonly classCount: number;
  readonly featureCount: number;
}

/** Up to so many vectors the system is solved directly: time grows with the cube of them, but little with the classes. */
const MOST_DIRECT = 500;
const MOST_ITERATIONS = 40;
/** Relative size of what is left over at which it is solved. */
const TOLERANCE = 1e-3;

/**
 * Ridge regression onto one indicator a class, in its dual form: `(X Xᵀ + λ I) A = Y`, `W = Xᵀ A`, solved for all
 * classes at once by a Cholesky factorisation; for many vectors by conjugate gradients (Hestenes & Stiefel 1952), which
 * never write `X Xᵀ` down, so that time and memory grow with the features that there are in the texts.
 */
export function solveRidge(data: LabelledVectors, lambda: number): RidgeWeights {
  const { vectors, classCount, featureCount } = data;
  const solution =
    vectors.length <= MOST_DIRECT ? solveDirectly(data, lambda) : solveByGradients(data, lambda);
  return transposed(vectors, solution, classCount, featureCount);
}

function solveDirectly(
  { vectors, labels, classCount, featureCount }: LabelledVectors,
  lambda: number,
): Float32Array {
  const size = vectors.length;
  const factor = new Float64Array(size * size);
  const spread = new Float64Array(featureCount);
  for (const [row, { ids, values }] of vectors.entries()) {
    for (const [at, id] of ids.entries()) spread[id] = values[at] ?? 0;
    for (let column = 0; column <= row; column += 1) {
      const other = vectors[column];
      let sum = column === row ? lambda : 0;
      for (let at = 0; at < (other?.ids.length ?? 0); at += 1)
        sum += (other?.values[at] ?? 0) * (spread[other?.ids[at] ?? 0] ?? 0);
      factor[row * size + column] = sum;
    }
    for (const id of ids) spread[id] = 0;
  }
  // Row by row, in place: L with L Lᵀ = X Xᵀ + λ I.
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = factor[row * size + column] ?? 0;
      for (let at = 0; at < column; at += 1)
        sum -= (factor[row * size + at] ?? 0) * (factor[column * size + at] ?? 0);
      // λ keeps the diagonal positive.
      factor[row * size + column] =
        column === row ? Math.sqrt(sum) : sum / (factor[column * size + column] ?? 1);
    }
  }
  const solution = new Float64Array(size * classCount);
  for (const [row, label] of labels.entries()) solution[row * classCount + label] = 1;
  const subtract = (to: number, from: number, scale: number): void => {
    for (let c = 0; c < classCount; c += 1)
      solution[to * classCount + c] =
        (solution[to * classCount + c] ?? 0) - scale * (solution[from * classCount + c] ?? 0);
  };
  const divide = (row: number): void => {
    const by = factor[row * size + row] ?? 1;
    for (let c = 0; c < classCount; c += 1)
      solution[row * classCount + c] = (solution[row * classCount + c] ?? 0) / by;
  };
  for (let row = 0; row < size; row += 1) {
    for (let at = 0; at < row; at += 1) subtract(row, at, factor[row * size + at] ?? 0);
    divide(row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let at = row + 1; at < size; at += 1) subtract(row, at, factor[at * size + row] ?? 0);
    divide(row);
  }
  return Float32Array.from(solution);
}

function solveByGradients(
  { vectors, labels, classCount, featureCount }: LabelledVectors,
  lambda: number,
): Float32Array {
  const size = vectors.length * classCount;
  const solution = new Float32Array(size);
  const residual = new Float32Array(size);
  for (const [row, label] of labels.entries()) residual[row * classCount + label] = 1;
  const direction = residual.slice();
  let squares = squaresByClass(residual, residual, classCount);
  const first = squares.slice();
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const product = times(vectors, transposed(vectors, direction, classCount, featureCount), classCount);
    for (let at = 0; at < size; at += 1) product[at] = (product[at] ?? 0) + lambda * (direction[at] ?? 0);
    const curvature = squaresByClass(direction, product, classCount);
    const steps = squares.map((square, c) => ((curvature[c] ?? 0) > 0 ? square / (curvature[c] ?? 1) : 0));
    addScaled(solution, direction, steps, classCount);
    addScaled(
      residual,
      product,
      steps.map((step) => -step),
      classCount,
    );
    const left = squaresByClass(residual, residual, classCount);
    if (left.every((square, c) => square <= TOLERANCE ** 2 * (first[c] ?? 0))) break;
    const turns = left.map((square, c) => ((squares[c] ?? 0) > 0 ? square / (squares[c] ?? 1) : 0));
    for (let at = 0; at < size; at += 1)
      direction[at] = (residual[at] ?? 0) + (turns[at % classCount] ?? 0) * (direction[at] ?? 0);
    squares = left;
  }
  return solution;
}

/** `x W`: one number a class. */
export function classScores(vector: TextVector, weights: RidgeWeights, classCount: number): Float32Array {
  return times([vector], weights, classCount);
}

/** `X W`, row-major `[vectors, classCount]`. */
function times(vectors: readonly TextVector[], weights: Float32Array, classCount: number): Float32Array {
  const product = new Float32Array(vectors.length * classCount);
  for (const [row, { ids, values }] of vectors.entries()) {
    const at = row * classCount;
    for (let entry = 0; entry < ids.length; entry += 1) {
      const from = (ids[entry] ?? 0) * classCount;
      const value = values[entry] ?? 0;
      for (let c = 0; c < classCount; c += 1)
        product[at + c] = (product[at + c] ?? 0) + value * (weights[from + c] ?? 0);
    }
  }
  return product;
}

/** `Xᵀ B`, row-major `[featureCount, classCount]`. */
function transposed(
  vectors: readonly TextVector[],
  factors: Float32Array,
  classCount: number,
  featureCount: number,
): Float32Array {
  const product = new Float32Array(featureCount * classCount);
  for (const [row, { ids, values }] of vectors.entries()) {
    const at = row * classCount;
    for (let entry = 0; entry < ids.length; entry += 1) {
      const to = (ids[entry] ?? 0) * classCount;
      const value = values[entry] ?? 0;
      for (let c = 0; c < classCount; c += 1)
        product[to + c] = (product[to + c] ?? 0) + value * (factors[at + c] ?? 0);
    }
  }
  return product;
}

function squaresByClass(left: Float32Array, right: Float32Array, classCount: number): number[] {
  const sums = new Array<number>(classCount).fill(0);
  for (let at = 0; at < left.length; at += 1) {
    const c = at % classCount;
    sums[c] = (sums[c] ?? 0) + (left[at] ?? 0) * (right[at] ?? 0);
  }
  return sums;
}

function addScaled(
  target: Float32Array,
  source: Float32Array,
  scales: readonly number[],
  classCount: number,
): void {
  for (let at = 0; at < target.length; at += 1)
    target[at] = (target[at] ?? 0) + (scales[at % classCount] ?? 0) * (source[at] ?? 0);
}
