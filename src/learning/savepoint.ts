import { copiedState } from './learner-output';
import type { LearnerState } from './observation';

/** What a learner knew before a call changed anything: put back when the call fails. */
export class Savepoint {
  readonly #snapshot: () => LearnerState | Promise<LearnerState>;
  readonly #restore: (before: LearnerState) => void | Promise<void>;
  #before: LearnerState | undefined;

  constructor(
    snapshot: () => LearnerState | Promise<LearnerState>,
    restore: (before: LearnerState) => void | Promise<void>,
  ) {
    this.#snapshot = snapshot;
    this.#restore = restore;
  }

  async take(): Promise<void> {
    this.#before = copiedState(await this.#snapshot());
  }

  /** Does nothing where nothing was taken: then nothing was changed either. */
  async rollBack(): Promise<void> {
    if (this.#before !== undefined) await this.#restore(this.#before);
  }
}
