import type { DenseHead } from './dense-head';

/** Where the learner that trains a head leaves it for the one that answers: both live in one thread. */
export class LentHead {
  /** `undefined` while there is none that did better than answering without one. */
  head: DenseHead | undefined;
}
