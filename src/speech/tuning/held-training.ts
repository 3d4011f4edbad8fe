/** Training that waits while it is held. What was waiting when it is let go begins; what is aborted meanwhile never does. */
export class HeldTraining {
  #waiting = new Set<() => void>();
  #isHeld = false;

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld) return;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const begin of waiting) begin();
  }

  /** Settles once nothing holds it, or with `signal`. */
  async whenLetGo(signal: AbortSignal): Promise<void> {
    while (this.#isHeld && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }
}
