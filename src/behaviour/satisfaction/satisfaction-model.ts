import type { Random } from '../../core/random';
import type { LabelledRow } from './random-forest';

/** Foresees whether an interaction was right. Plain numbers: it can be saved, and asked at once. */
export interface SatisfactionModel {
  /** Chance in [0, 1]. @param row scaled features */
  predict(row: readonly number[]): number;
  save(): Float32Array;
}

/** A way of making such models. */
export interface SatisfactionTrainer {
  /** Stands in snapshots and configurations. */
  readonly learnerType: string;
  /** Fewer examples than these are not trained on. */
  readonly leastExamples: number;
  /** Of the examples, the newest share that is not trained on, to see how it does: in (0, 1). */
  readonly heldOutShare: number;
  /**
   * @param rows scaled, oldest first
   * @returns `undefined` when it could not be trained now, or was aborted
   */
  train(
    rows: readonly LabelledRow[],
    random: Random,
    signal: AbortSignal,
  ): Promise<SatisfactionModel | undefined>;
  /** @throws TypeError when it is not what `save` gave */
  restore(saved: Float32Array, features: number): SatisfactionModel;
}
