/** Lets one call run at a time, in the order they came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as `work` does. One that fails does not hold up the next. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    // Whoever took the turn hears of its failure; the next in line only waits for its end.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
