import { err, ok, type Result } from './result';

/**
 * Lets a bounded number of jobs run at one time; the others wait their turn in the order they came.
 *
 * @example
 * const limit = new ConcurrencyLimit(5);
 * await Promise.all(files.map((file) => limit.run(() => read(file))));
 */
export class ConcurrencyLimit {
  #most: number;
  #running = 0;
  #peak = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get most(): number {
    return this.#most;
  }

  /** Jobs that run or wait. */
  get load(): number {
    return this.#running + this.#waiting.length;
  }

  /** More jobs start at once; fewer only as running ones end. */
  resize(most: number): void {
    this.#most = most;
    this.#startWaiting();
  }

  /** The highest load since this was last asked. */
  takePeak(): number {
    const peak = this.#peak;
    this.#peak = this.load;
    return peak;
  }

  /** `aborted` when the signal was raised before the job's turn came; once it runs, the signal is its own affair. */
  async run<T>(
    job: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<Result<T, { readonly kind: 'aborted' }>> {
    if (!(await this.#turn(signal))) return err({ kind: 'aborted' });
    try {
      return ok(await job());
    } finally {
      this.#running -= 1;
      this.#startWaiting();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const start = (): void => {
        signal?.removeEventListener('abort', giveUp);
        this.#running += 1;
        resolve(true);
      };
      const giveUp = (): void => {
        const at = this.#waiting.indexOf(start);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve(false);
      };
      if (signal?.aborted === true) return resolve(false);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(start);
      this.#peak = Math.max(this.#peak, this.load);
      this.#startWaiting();
    });
  }

  #startWaiting(): void {
    while (this.#running < this.#most && this.#waiting.length > 0) this.#waiting.shift()?.();
  }
}
