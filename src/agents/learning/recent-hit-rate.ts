import type { CacheReport } from '../../vault/learning-data/learning-store';

/** Fewer look-ups than these say nothing about a cache. */
const LEAST_LOOK_UPS = 20;

/**
 * How often the vault's cache answered lately. A rate holds until enough look-ups were made to tell the next one, or
 * the cache became another one, whose worth is still to be seen. Reading uses nothing up: whoever asks next, and has
 * more reason to, is told the same.
 */
export class RecentHitRate {
  #rate: number | undefined;
  #from: Pick<CacheReport, 'hits' | 'misses'> = { hits: 0, misses: 0 };
  #cache: Pick<CacheReport, 'capacity' | 'ttlSeconds'> | undefined;

  /** @returns in [0, 1]; `undefined` while too little is known */
  read({ hits, misses, capacity, ttlSeconds }: CacheReport): number | undefined {
    const before = this.#cache ?? { capacity, ttlSeconds };
    if (before.capacity !== capacity || before.ttlSeconds !== ttlSeconds) {
      this.#rate = undefined;
      this.#from = { hits, misses };
    }
    this.#cache = { capacity, ttlSeconds };
    // The vault worker counts from its own start.
    if (hits < this.#from.hits || misses < this.#from.misses) this.#from = { hits: 0, misses: 0 };
    const newHits = hits - this.#from.hits;
    const lookUps = newHits + misses - this.#from.misses;
    if (lookUps >= LEAST_LOOK_UPS) {
      this.#rate = newHits / lookUps;
      this.#from = { hits, misses };
    }
    return this.#rate;
  }
}
