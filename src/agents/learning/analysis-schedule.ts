interface Options {
  readonly analyse: () => Promise<void>;
  /** Least time between two analyses, in milliseconds. */
  readonly everyMs: () => number;
}

/**
 * Analyses at once where the last time is long enough ago, else as soon as it is: somebody who says ten things in a
 * row is analysed twice, and the second time sees all of it.
 */
export class AnalysisSchedule {
  readonly #options: Options;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastEnd = Number.NEGATIVE_INFINITY;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Resolves when the analysis is done, or is set to happen. Rejects as the analysis does. */
  ask(): Promise<void> {
    const waitMs = this.#lastEnd + this.#options.everyMs() - performance.now();
    if (this.#running === undefined && waitMs <= 0) return this.#run();
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        // Nobody waits for this one: what went wrong shows when it is asked for again.
        this.ask().catch(() => undefined);
      },
      Math.max(waitMs, this.#options.everyMs()),
    );
    return Promise.resolve();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastEnd = Number.NEGATIVE_INFINITY;
  }

  #run(): Promise<void> {
    this.#running = this.#options.analyse().finally(() => {
      this.#running = undefined;
      this.#lastEnd = performance.now();
    });
    return this.#running;
  }
}
