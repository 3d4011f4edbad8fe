import type { JsonObject } from '../../core/json';
import type { LearningData } from '../learning-data';

/** What a learner is tried on. */
export interface ConformanceSamples {
  /** A configuration that it takes. */
  readonly config: JsonObject;
  /** About one person; enough to learn from in one call, each with at least two members in its content. */
  readonly data: readonly LearningData[];
  /** What to ask after that; at least one it knows something about, each with at least two members. */
  readonly inputs: readonly JsonObject[];
}

export interface ConformanceOptions {
  /** Online and batch mode are to give the same predictions. */
  readonly doModesAgree?: boolean;
  /** How many tensors there are, such as `() => tf.memory().numTensors`; nothing may be left of the learner. */
  readonly tensorCount?: () => number;
  /** Configurations that it refuses, each with the path that is wrong; in addition to those of every learner. */
  readonly badConfigs?: readonly { readonly config: unknown; readonly path: string }[];
  /** Of the random numbers it learns with, and of the malformed data it is given. 1 when left out. */
  readonly seed?: number;
  /** Malformed calls that are tried. 200 when left out. */
  readonly malformedCases?: number;
}
