/**
 * Orders calls: readers run together, everything else runs alone, and both start in the order they were
 * asked for. A failed job never holds up the next.
 */
export class VaultQueue {
  #lastAlone: Promise<unknown> = Promise.resolve();
  #readers = new Set<Promise<unknown>>();

  /** Runs beside other readers. */
  read<T>(job: () => Promise<T>): Promise<T> {
    const reader = this.#lastAlone.then(job, job);
    const readers = this.#readers;
    readers.add(reader);
    const leave = () => readers.delete(reader);
    reader.then(leave, leave);
    return reader;
  }

  /** Runs when everything asked for before has ended, and before anything asked for later. */
  alone<T>(job: () => Promise<T>): Promise<T> {
    const before = [this.#lastAlone, ...this.#readers];
    const turn = Promise.allSettled(before).then(job);
    this.#lastAlone = turn;
    this.#readers = new Set();
    return turn;
  }
}
