import { pause } from '../../core/pause';
import { type Random, shuffled } from '../../core/random';

export interface ForestOptions {
  readonly trees: number;
  readonly depth: number;
  /** Rows that a leaf has at least. */
  readonly leastLeaf: number;
}

/** Labelled rows, all of the same length; labels are 0 or 1. */
export interface LabelledRow {
  readonly features: readonly number[];
  readonly label: 0 | 1;
}

/** Numbers of a node: feature (−1 for a leaf), split value, node for smaller values, node for others, share of ones. */
const NODE = 5;
const LEAF = -1;

interface Split {
  readonly feature: number;
  readonly value: number;
  readonly impurity: number;
}

/**
 * A random forest for two classes (Breiman, Random forests, Machine Learning 2001): every tree is grown on rows drawn
 * with replacement, every split looks at √features of the features drawn anew. Grown trees are plain numbers.
 */
export class RandomForest {
  /** One array a tree. */
  readonly #trees: readonly Float32Array[];

  private constructor(trees: readonly Float32Array[]) {
    this.#trees = trees;
  }

  /** Lets other work of the thread in between any two trees. `undefined` when aborted. */
  static async grow(
    rows: readonly LabelledRow[],
    { trees, depth, leastLeaf }: ForestOptions,
    random: Random,
    signal: AbortSignal,
  ): Promise<RandomForest | undefined> {
    const grown: Float32Array[] = [];
    for (let tree = 0; tree < trees; tree += 1) {
      if (signal.aborted) return undefined;
      const drawn = rows.map(() => rows[Math.floor(random() * rows.length)] as LabelledRow);
      const nodes: number[] = [];
      growNode(drawn, depth, leastLeaf, random, nodes);
      grown.push(Float32Array.from(nodes));
      if (tree % 10 === 9) await pause();
    }
    return new RandomForest(grown);
  }

  /** Chance of 1, in [0, 1]: the mean over the trees. */
  predict(features: readonly number[]): number {
    let sum = 0;
    for (const nodes of this.#trees) {
      let at = 0;
      while ((nodes[at] ?? LEAF) !== LEAF) {
        const isSmaller = Math.fround(features[nodes[at] ?? 0] ?? 0) < (nodes[at + 1] ?? 0);
        at = (nodes[at + (isSmaller ? 2 : 3)] ?? 0) * NODE;
      }
      sum += nodes[at + 4] ?? 0;
    }
    return sum / this.#trees.length;
  }

  /** Each tree after its number of nodes. */
  save(): Float32Array {
    return Float32Array.from(this.#trees.flatMap((nodes) => [nodes.length / NODE, ...nodes]));
  }

  /**
   * @param features how many a row has
   * @throws TypeError when it is not what `save` gave
   */
  static restore(saved: Float32Array, features: number): RandomForest {
    const trees: Float32Array[] = [];
    for (let at = 0; at < saved.length; ) {
      const count = saved[at] ?? 0;
      const nodes = saved.slice(at + 1, at + 1 + count * NODE);
      if (
        !Number.isInteger(count) ||
        count < 1 ||
        nodes.length !== count * NODE ||
        !isTree(nodes, count, features)
      )
        throw new TypeError('no tree');
      trees.push(nodes);
      at += 1 + count * NODE;
    }
    if (trees.length === 0) throw new TypeError('no trees');
    return new RandomForest(trees);
  }
}

/** Children come after their parent, so that every way down ends. */
function isTree(nodes: Float32Array, count: number, features: number): boolean {
  for (let node = 0; node < count; node += 1) {
    const [feature = Number.NaN, value = Number.NaN, smaller = 0, other = 0, share = -1] = nodes.subarray(
      node * NODE,
      (node + 1) * NODE,
    );
    if (!(share >= 0 && share <= 1) || !Number.isFinite(value)) return false;
    if (feature === LEAF) continue;
    const isChild = (child: number): boolean => Number.isInteger(child) && child > node && child < count;
    if (!Number.isInteger(feature) || feature < 0 || feature >= features) return false;
    if (!isChild(smaller) || !isChild(other)) return false;
  }
  return true;
}

/** Adds the node and all below it; returns its number. */
function growNode(
  rows: readonly LabelledRow[],
  depth: number,
  leastLeaf: number,
  random: Random,
  nodes: number[],
): number {
  const node = nodes.length / NODE;
  const ones = rows.reduce((sum, { label }) => sum + label, 0);
  const share = ones / rows.length;
  nodes.push(LEAF, 0, 0, 0, share);
  if (depth === 0 || share === 0 || share === 1 || rows.length < 2 * leastLeaf) return node;
  const split = bestSplit(rows, leastLeaf, random);
  if (split === undefined) return node;
  const isSmaller = ({ features }: LabelledRow): boolean =>
    Math.fround(features[split.feature] ?? 0) < split.value;
  const smaller = growNode(rows.filter(isSmaller), depth - 1, leastLeaf, random, nodes);
  const other = growNode(
    rows.filter((row) => !isSmaller(row)),
    depth - 1,
    leastLeaf,
    random,
    nodes,
  );
  nodes.splice(node * NODE, 4, split.feature, split.value, smaller, other);
  return node;
}

/** The purest, by Gini's measure, over features drawn at random; `undefined` when none is purer than no split. */
function bestSplit(rows: readonly LabelledRow[], leastLeaf: number, random: Random): Split | undefined {
  const features = rows[0]?.features.length ?? 0;
  const all = rows.reduce((sum, { label }) => sum + label, 0);
  let best: Split = { feature: LEAF, value: 0, impurity: impurityOf(all, rows.length) - 1e-9 };
  const order = shuffled([...Array(features).keys()], random);
  for (const [tried, feature] of order.entries()) {
    // Where none of those drawn tells the rows apart, the others are looked at as well.
    if (tried >= Math.ceil(Math.sqrt(features)) && best.feature !== LEAF) break;
    const featureOf = ({ features: values }: LabelledRow): number => Math.fround(values[feature] ?? 0);
    const sorted = rows.toSorted((a, b) => featureOf(a) - featureOf(b));
    let ones = 0;
    for (const [at, row] of sorted.entries()) {
      const before = sorted[at - 1];
      const isBetween = before !== undefined && featureOf(before) < featureOf(row);
      if (isBetween && at >= leastLeaf && sorted.length - at >= leastLeaf) {
        const impurity = impurityOf(ones, at) + impurityOf(all - ones, sorted.length - at);
        if (impurity < best.impurity)
          best = { feature, value: Math.fround((featureOf(before) + featureOf(row)) / 2), impurity };
      }
      ones += row.label;
    }
  }
  return best.feature === LEAF ? undefined : best;
}

/** Gini impurity, times the number of rows. */
const impurityOf = (ones: number, count: number): number => (2 * ones * (count - ones)) / count;
