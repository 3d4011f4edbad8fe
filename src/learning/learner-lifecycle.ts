import type { LearnerError, LearningContext } from './learner';
import { LearningFailure } from './learning-failure';

type Phase<Config> =
  | { readonly kind: 'new' }
  | { readonly kind: 'ready'; readonly config: Config }
  | { readonly kind: 'shut-down' };

/** Whether a learner may be asked anything: it is initialised, perhaps more than once, and shut down for good. */
export class LearnerLifecycle<Config> {
  readonly #stopping = new AbortController();
  #phase: Phase<Config> = { kind: 'new' };

  get isReady(): boolean {
    return this.#phase.kind === 'ready';
  }

  get isShutDown(): boolean {
    return this.#phase.kind === 'shut-down';
  }

  /** From here on calls under way are aborted, although the shutdown itself waits for its turn. */
  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Why it cannot be asked now. */
  get refusal(): LearnerError {
    return { kind: this.isShutDown ? 'shut-down' : 'not-initialized' };
  }

  /** @throws LearningFailure `not-initialized` or `shut-down` */
  readyConfig(): Config {
    if (this.#phase.kind !== 'ready') throw new LearningFailure(this.refusal);
    return this.#phase.config;
  }

  /** It was initialised. */
  enter(config: Config): void {
    this.#phase = { kind: 'ready', config };
  }

  /** It has to be initialised again. */
  leave(): void {
    this.#phase = { kind: 'new' };
  }

  /** Aborts whatever runs `within`. */
  stop(): void {
    this.#stopping.abort();
  }

  /** @returns whether it was ready until now */
  shutDown(): boolean {
    const wasReady = this.isReady;
    this.#phase = { kind: 'shut-down' };
    return wasReady;
  }

  /** The caller's context, without whatever else it may carry, and aborted by a shutdown too. */
  within(context: LearningContext): LearningContext {
    const { userId, agentId, sessionId, clock, random, logger } = context;
    const signal = AbortSignal.any([context.signal, this.#stopping.signal]);
    return { userId, agentId, sessionId, clock, random, logger, signal };
  }
}
