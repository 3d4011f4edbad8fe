import { seededRandom } from '../../core/random';
import { RandomForest } from './random-forest';
import type { SatisfactionTrainer } from './satisfaction-model';

const SEED = 42;
const OPTIONS = { trees: 100, depth: 10, leastLeaf: 2 };

/** A hundred trees of depth ten at most, on four fifths of at least ten examples. */
export const forestTrainer: SatisfactionTrainer = {
  learnerType: 'satisfaction-forest',
  leastExamples: 10,
  heldOutShare: 0.2,
  train: (rows, _, signal) => RandomForest.grow(rows, OPTIONS, seededRandom(SEED), signal),
  restore: (saved, features) => RandomForest.restore(saved, features),
};
