import type { Exemplar, TrainedScorer } from './scorer';

/** Trains a scorer on the device; `undefined` when there is too little to learn from, or it was aborted. */
export type TrainScorer = (
  exemplars: readonly Exemplar[],
  signal: AbortSignal,
) => Promise<TrainedScorer | undefined>;

/** Teaching comes in bursts of takes; one training at the end of the burst is enough. */
const QUIET_MS = 400;

/**
 * Retrains in the background after the takes changed. A change during a training aborts it: its result
 * would describe takes that are no longer there.
 */
export class TrainedScorerSchedule {
  readonly #train: TrainScorer;
  readonly #onTrained: (scorer: TrainedScorer | undefined, trainMs: number) => void;
  #running = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(train: TrainScorer, onTrained: (scorer: TrainedScorer | undefined, trainMs: number) => void) {
    this.#train = train;
    this.#onTrained = onTrained;
  }

  /** @param exemplars read when training starts, after the burst */
  takesChanged(exemplars: () => readonly Exemplar[]): void {
    this.cancel();
    const { signal } = this.#running;
    this.#timer = setTimeout(() => void this.#run(exemplars(), signal), QUIET_MS);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#running = new AbortController();
  }

  async #run(exemplars: readonly Exemplar[], signal: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    const scorer = await this.#train(exemplars, signal);
    if (!signal.aborted) this.#onTrained(scorer, performance.now() - startedAt);
  }
}
