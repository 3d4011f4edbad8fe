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

const MOST_ITERATIONS = 40;
/** Relative size of what is left over at which it is solved. */
const TOLERANCE = 1e-3;

/**
 * Ridge regression onto one indicator a class, in its dual form: `(X Xᵀ + λ I) A = Y`, `W = Xᵀ A`, solved for all
 * classes side by side by conjugate gradients (Hestenes & Stiefel 1952). `X Xᵀ` is never written down, so time and
 * memory grow with the features that there are in the texts.
 */
export function solveRidge(data: LabelledVectors, lambda: number): RidgeWeights {
  const { vectors, labels, classCount, featureCount } = data;
  const size = vectors.length * classCount;
  const solution = new Float32Array(size);
  const residual = new Float32Array(size);
  for (const [row, label] of labels.entries()) residual[row * classCount + label] = 1;
  const direction = residual.slice();
  let squares = squaresByClass(residual, residual, classCount);
  const first = squares.slice();
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const product = times(vectors, transposed(vectors, direction, classCount, featureCount), classCount);
    for (let at = 0; at < size; at += 1)
      product[at] = (product[at] ?? 0) + lambda * (direction[at] ?? 0);
    const curvature = squaresByClass(direction, product, classCount);
    const steps = squares.map((square, c) => ((curvature[c] ?? 0) > 0 ? square / (curvature[c] ?? 1) : 0));
    addScaled(solution, direction, steps, classCount);
    addScaled(residual, product, steps.map((step) => -step), classCount);
    const left = squaresByClass(residual, residual, classCount);
    if (left.every((square, c) => square <= TOLERANCE ** 2 * (first[c] ?? 0))) break;
    const turns = left.map((square, c) => ((squares[c] ?? 0) > 0 ? square / (squares[c] ?? 1) : 0));
    for (let at = 0; at < size; at += 1)
      direction[at] = (residual[at] ?? 0) + (turns[at % classCount] ?? 0) * (direction[at] ?? 0);
    squares = left;
  }
  return transposed(vectors, solution, classCount, featureCount);
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
