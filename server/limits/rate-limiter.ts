import { createHmac } from 'node:crypto';
import type { Clock } from '../../src/core/clock';
import { addressPrefix } from './address-prefix';
import { MemoryPermits } from './memory-permits';
import type { Permits } from './permits';

const MINUTE_MS = 60_000;

/** Addresses whose permits are held here at one time; another one asks the shared count each time. */
const MOST_HELD = 50_000;

export type Admission =
  | { readonly isAdmitted: true }
  | { readonly isAdmitted: false; readonly retryAfterSeconds: number };

/** Permits that a replica takes at a time, at most: they are lost with it. */
const MOST_TAKEN = 100;

/** Permits of one address that this replica has taken and not used. */
interface Held {
  left: number;
  /** Nothing is left anywhere: no need to ask again in this minute. */
  isExhausted: boolean;
  asking: Promise<void> | undefined;
}

/**
 * So many requests a minute from one network address, over all replicas together. Permits are taken a tenth of the
 * limit at a time (never more than a hundred), so that most requests ask nobody: all replicas together never admit more than the limit, and at
 * worst a tenth less for every replica beyond the first. An address never leaves this class: what is shared is a
 * keyed pseudonym, under a salt that is dropped after a minute.
 */
export class RateLimiter {
  readonly #shared: Permits;
  readonly #own = new MemoryPermits();
  readonly #limit: number;
  readonly #portion: number;
  readonly #clock: Clock;
  readonly #watch: (isShared: boolean, error?: unknown) => void;
  readonly #held = new Map<string, Held>();
  #minute = -1;
  #salt: Promise<string> = Promise.resolve('');

  /** @param watch told after every call to the shared count whether it worked */
  constructor(
    shared: Permits,
    requestsPerMinute: number,
    clock: Clock,
    watch: (isShared: boolean, error?: unknown) => void = () => undefined,
  ) {
    this.#shared = shared;
    this.#limit = requestsPerMinute;
    this.#portion = Math.min(MOST_TAKEN, Math.max(1, Math.floor(requestsPerMinute / 10)));
    this.#clock = clock;
    this.#watch = watch;
  }

  async admit(address: string): Promise<Admission> {
    const now = this.#clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) this.#turnTo(minute);
    const pseudonym = createHmac('sha256', await this.#salt)
      .update(addressPrefix(address))
      .digest('base64url')
      .slice(0, 22);
    const held = this.#of(pseudonym);
    while (held.left === 0 && !held.isExhausted) {
      held.asking ??= this.#refill(held, minute, pseudonym);
      await held.asking;
    }
    if (held.left === 0)
      return {
        isAdmitted: false,
        retryAfterSeconds: Math.max(1, Math.ceil(((minute + 1) * MINUTE_MS - now) / 1_000)),
      };
    held.left -= 1;
    return { isAdmitted: true };
  }

  async close(): Promise<void> {
    await this.#shared.close();
  }

  #turnTo(minute: number): void {
    this.#minute = minute;
    this.#held.clear();
    this.#salt = this.#orOwn((permits) => permits.salt(minute));
    // Forgetting is tidiness; the next minute tries again.
    void this.#shared.forgetBefore(minute - 1).catch((error: unknown) => this.#watch(false, error));
  }

  #of(pseudonym: string): Held {
    const known = this.#held.get(pseudonym);
    if (known !== undefined) return known;
    const held: Held = { left: 0, isExhausted: false, asking: undefined };
    if (this.#held.size < MOST_HELD) this.#held.set(pseudonym, held);
    return held;
  }

  async #refill(held: Held, minute: number, pseudonym: string): Promise<void> {
    const got = await this.#orOwn((permits) => permits.take(minute, pseudonym, this.#portion, this.#limit));
    held.left += got;
    held.isExhausted = got === 0;
    held.asking = undefined;
  }

  /** While the shared count cannot be reached, this replica counts for itself rather than turn everybody away. */
  async #orOwn<T>(ask: (permits: Permits) => Promise<T>): Promise<T> {
    try {
      const answer = await ask(this.#shared);
      this.#watch(true);
      return answer;
    } catch (error) {
      this.#watch(false, error);
      return ask(this.#own);
    }
  }
}
