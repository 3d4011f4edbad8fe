/** Training of one net, step by step, on whichever backend tfjs has active. */
export interface Trainer<T> {
  /** One Adam step. Graphics backends only queue it. */
  step(): void;
  /** Waits for queued steps. */
  settle(): Promise<void>;
  /** Copies the weights back to the CPU. */
  read(): Promise<T>;
  /** Frees every tensor. */
  dispose(): void;
}
