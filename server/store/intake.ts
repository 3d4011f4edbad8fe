import type { Counting, IncomingBatch } from './report-store';

/** `overloaded`: too many wait already. `unavailable`: the database did not answer in time; nobody knows whether it counted. */
export type IntakeAnswer = Counting | 'overloaded' | 'unavailable';

export interface IntakeWatcher {
  committed(batches: number, tookMs: number): void;
  failed(error: unknown): void;
}

export interface IntakeOptions {
  /** Batches that may wait; more are turned away. */
  readonly mostWaiting: number;
  readonly mostInGroup: number;
  /** How long a batch is tried again when the database fails. */
  readonly patienceMs: number;
}

interface Waiting {
  readonly batch: IncomingBatch;
  readonly until: number;
  readonly answer: (answer: IntakeAnswer) => void;
}

/**
 * Group commit: while one transaction is written out, whatever arrives waits and goes into the next one together.
 * Each batch is answered only when the transaction it was in is durable, so that an answer is a promise; and many of
 * them share the price of one.
 */
export class Intake {
  readonly #count: (batches: readonly IncomingBatch[]) => Promise<readonly Counting[]>;
  readonly #watcher: IntakeWatcher;
  readonly #options: IntakeOptions;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #writing: Promise<void> | undefined;

  /** @param count one durable transaction; safe to repeat when it rejects */
  constructor(
    count: (batches: readonly IncomingBatch[]) => Promise<readonly Counting[]>,
    watcher: IntakeWatcher,
    options: IntakeOptions,
  ) {
    this.#count = count;
    this.#watcher = watcher;
    this.#options = options;
  }

  /** Batches that have no answer yet. */
  get pending(): number {
    return this.#waiting.length + this.#inFlight;
  }

  take(batch: IncomingBatch): Promise<IntakeAnswer> {
    if (this.pending >= this.#options.mostWaiting) return Promise.resolve('overloaded');
    return new Promise((answer) => {
      this.#waiting.push({ batch, until: performance.now() + this.#options.patienceMs, answer });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Resolves when everything that was taken has its answer. */
  async drained(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #writeAll(): Promise<void> {
    // Lets the requests that came with the first one join it.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#options.mostInGroup);
      this.#inFlight = group.length;
      await this.#write(group);
    }
    this.#writing = undefined;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const last = Math.min(...group.map(({ until }) => until));
    for (let pauseMs = 25; ; pauseMs = Math.min(400, pauseMs * 2)) {
      const startedAt = performance.now();
      try {
        const answers = await this.#count(group.map(({ batch }) => batch));
        this.#watcher.committed(group.length, performance.now() - startedAt);
        this.#inFlight = 0;
        group.forEach(({ answer }, index) => {
          answer(answers[index] ?? 'unavailable');
        });
        return;
      } catch (error) {
        this.#watcher.failed(error);
        if (performance.now() + pauseMs > last) break;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    this.#inFlight = 0;
    for (const { answer } of group) answer('unavailable');
  }
}
