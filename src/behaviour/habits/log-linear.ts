import { quickExp } from './quick-math';

interface Options {
  /** Classes that there may be. */
  readonly capacity: number;
  readonly features: number;
  readonly rate: number;
  /** Share of a weight that is lost at each step in which its feature is there. */
  readonly decay: number;
}

/** Which features are there, and how strongly; both of the same length. */
export interface SparseFeatures {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** Keeps the first steps of a weight from being huge. */
const LEAST_SCALE = 0.1;

/**
 * Multinomial logistic regression, learnt online with a step size of its own for every weight (Duchi, Hazan and Singer,
 * Adaptive subgradient methods, JMLR 2011). Only weights of features that are there are touched, and fade a little with
 * it, so that what is no longer true is unlearnt.
 */
export class LogLinear {
  readonly #options: Options;
  /** All classes of a feature lie together. */
  readonly #weights: Float32Array;
  readonly #squares: Float32Array;
  /** What was predicted of each class, less what was so. */
  readonly #errors: Float64Array;

  constructor(options: Options) {
    this.#options = options;
    this.#weights = new Float32Array(options.capacity * options.features);
    this.#squares = new Float32Array(options.capacity * options.features);
    this.#errors = new Float64Array(options.capacity);
  }

  /** Fills in the probabilities of the first `classes` classes. */
  predict({ indices, values }: SparseFeatures, classes: number, into: Float64Array): void {
    const { capacity } = this.#options;
    // Kept at hand: to look a private field up at every weight costs as much as the weight.
    const weights = this.#weights;
    into.fill(0, 0, classes);
    for (let at = 0; at < indices.length; at += 1) {
      const offset = (indices[at] ?? 0) * capacity;
      const value = values[at] ?? 0;
      for (let one = 0; one < classes; one += 1)
        into[one] = (into[one] ?? 0) + value * (weights[offset + one] ?? 0);
    }
    softmax(into, classes);
  }

  /** @param predicted what `predict` gave for the same features and classes */
  learn({ indices, values }: SparseFeatures, classes: number, target: number, predicted: Float64Array): void {
    const { capacity, rate, decay } = this.#options;
    const weights = this.#weights;
    const squares = this.#squares;
    const errors = this.#errors;
    for (let one = 0; one < classes; one += 1) errors[one] = predicted[one] ?? 0;
    errors[target] = (errors[target] ?? 0) - 1;
    const keep = 1 - decay;
    for (let at = 0; at < indices.length; at += 1) {
      const offset = (indices[at] ?? 0) * capacity;
      const value = values[at] ?? 0;
      for (let one = 0; one < classes; one += 1) {
        const slope = value * (errors[one] ?? 0);
        const index = offset + one;
        const square = (squares[index] ?? 0) + slope * slope;
        squares[index] = square;
        weights[index] = (weights[index] ?? 0) * keep - (rate * slope) / (Math.sqrt(square) + LEAST_SCALE);
      }
    }
  }

  /** The class is another one's from now on. */
  clearClass(one: number): void {
    const { capacity, features } = this.#options;
    for (let feature = 0; feature < features; feature += 1) {
      this.#weights[feature * capacity + one] = 0;
      this.#squares[feature * capacity + one] = 0;
    }
  }

  clearFeature(feature: number): void {
    const { capacity } = this.#options;
    this.#weights.fill(0, feature * capacity, (feature + 1) * capacity);
    this.#squares.fill(0, feature * capacity, (feature + 1) * capacity);
  }

  /** Features of which anything was learnt, and for each its weights and squares of the first `classes` classes. */
  save(classes: number): { readonly used: readonly number[]; readonly rows: Float32Array } {
    const { capacity, features } = this.#options;
    const used: number[] = [];
    for (let feature = 0; feature < features; feature += 1) {
      const from = feature * capacity;
      if (this.#squares.subarray(from, from + classes).some((square) => square !== 0)) used.push(feature);
    }
    const rows = new Float32Array(used.length * 2 * classes);
    for (const [index, feature] of used.entries()) {
      const from = feature * capacity;
      rows.set(this.#weights.subarray(from, from + classes), index * 2 * classes);
      rows.set(this.#squares.subarray(from, from + classes), (index * 2 + 1) * classes);
    }
    return { used, rows };
  }

  /** @throws TypeError when it is not what `save` gave */
  restore(used: readonly number[], rows: Float32Array, classes: number): void {
    const { capacity, features } = this.#options;
    if (rows.length !== used.length * 2 * classes) throw new TypeError('weights of another size');
    if (!used.every((feature) => feature < features)) throw new TypeError('a feature that is none');
    if (!rows.every(Number.isFinite)) throw new TypeError('a weight that is no number');
    this.#weights.fill(0);
    this.#squares.fill(0);
    for (const [index, feature] of used.entries()) {
      const at = index * 2 * classes;
      this.#weights.set(rows.subarray(at, at + classes), feature * capacity);
      this.#squares.set(rows.subarray(at + classes, at + 2 * classes), feature * capacity);
    }
  }
}

/** In place, over the first `count`. */
export function softmax(values: Float64Array, count: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let one = 0; one < count; one += 1) most = Math.max(most, values[one] ?? 0);
  let sum = 0;
  for (let one = 0; one < count; one += 1) {
    const raised = quickExp((values[one] ?? 0) - most);
    values[one] = raised;
    sum += raised;
  }
  for (let one = 0; one < count; one += 1) values[one] = (values[one] ?? 0) / sum;
}
