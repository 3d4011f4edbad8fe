import type * as v from 'valibot';
import type { JsonObject } from '../core/json';
import type { LearningContext, LearningMode, Prediction } from './learner';
import type { LearnerConfig } from './learner-config';
import type { LearningData } from './learning-data';
import type { LearnerState, LearningItem, Observation } from './observation';

/**
 * What a learner of your own says of itself and does: the members a `BaseLearner` is made of, which calls them in
 * the order its promises ask for. Any of them may throw.
 *
 * @typeParam Features what a prediction is made from
 * @typeParam Target what is predicted; `null` for a learner that is not told
 * @typeParam Own settings of its own, as entries of a valibot schema
 */
export abstract class LearnerHooks<Features, Target, Own extends v.ObjectEntries> {
  /** Stands in snapshots and configurations; never change it. */
  abstract readonly learnerType: string;
  /** The first is used unless the configuration says otherwise. */
  abstract readonly supportedModes: readonly LearningMode[];
  /** Kinds of data it learns from; all of them when `undefined`. */
  readonly dataTypes: readonly string[] | undefined = undefined;

  protected abstract readonly configEntries: Own;
  /** Layout of what `snapshot` gives; raise it when that changes, and let `restore` read the older ones. */
  protected abstract readonly snapshotVersion: number;
  /** A call with fewer usable observations is refused as `too-little-data`. */
  protected readonly minimumSamples: number = 1;
  /** Whether batches may be learnt from side by side, with the same outcome. */
  protected readonly hasIndependentBatches: boolean = false;

  /** Starts knowing nothing. */
  protected abstract initializeLearner(config: LearnerConfig<Own>): void | Promise<void>;
  /**
   * What the learner makes of what happened; used for learning and for predicting, so that no feature can come
   * from what is to be predicted. `undefined`: nothing it understands.
   */
  protected abstract extractFeatures(
    observation: Observation,
  ): Features | undefined | Promise<Features | undefined>;
  /** What is to be learnt about these features. `undefined`: the data does not say. */
  protected abstract extractTarget(data: LearningData): Target | undefined;
  /** Learns from one observation. Returns how far it now trusts what it knows of it, in [0, 1]. */
  protected abstract learnOnline(
    item: LearningItem<Features, Target>,
    context: LearningContext,
  ): number | Promise<number>;
  /** Learns from up to `batchSize` observations at once. Returns the mean trust over them, in [0, 1]. */
  protected abstract learnBatch(
    items: readonly LearningItem<Features, Target>[],
    context: LearningContext,
  ): number | Promise<number>;
  /** After all observations of a call, such as to train on what was gathered. Returns insights of the call. */
  protected concludeLearning(_context: LearningContext): JsonObject | Promise<JsonObject> {
    return {};
  }
  protected abstract predictFrom(
    features: Features,
    context: LearningContext,
  ): Prediction | Promise<Prediction>;
  /** What it knows, for people to read. */
  protected abstract describe(): JsonObject;
  /** Everything it knows. It is copied: what it refers to may change afterwards. */
  protected abstract snapshot(): LearnerState | Promise<LearnerState>;
  /**
   * Replaces everything it knows. Throws on anything it cannot read; the state before is then put back.
   *
   * @param version of the layout, at most `snapshotVersion`
   */
  protected abstract restore(saved: LearnerState, version: number): void | Promise<void>;
  /** Lets go of tensors and whatever else needs it. */
  protected release(): void | Promise<void> {
    return undefined;
  }
}
