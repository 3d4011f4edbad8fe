import { assert } from './assert';
import type { Clock } from './clock';

interface Entry<Value> {
  readonly value: Value;
  readonly weight: number;
  readonly expiresAt: number;
}

export interface ExpiringCacheOptions {
  /** Sum of the weights it may hold. */
  readonly capacity: number;
  /** How long an entry lives from the moment it was set, however often it is read. */
  readonly ttlMs: number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** Keeps what was used last (LRU), each entry for a limited time, all of them within a capacity. */
export class ExpiringCache<Value> {
  #ttlMs: number;
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** In the order of use, least recent first: a `Map` keeps the order of insertion. */
  readonly #entries = new Map<string, Entry<Value>>();
  #capacity: number;
  #weight = 0;
  #sweepAt: number;

  constructor({ capacity, ttlMs, clock }: ExpiringCacheOptions) {
    assert(capacity >= 0, 'a cache has a capacity', capacity);
    this.#capacity = capacity;
    this.#ttlMs = ttlMs;
    this.#clock = clock;
    this.#sweepAt = clock.monotonic() + ttlMs;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Entries held, among them expired ones that nobody asked for since. */
  get size(): number {
    return this.#entries.size;
  }

  get weight(): number {
    return this.#weight;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#remove(key, entry);
    if (entry.expiresAt <= this.#clock.monotonic()) return undefined;
    this.#add(key, entry);
    return entry.value;
  }

  /** What weighs more than the whole capacity is not kept; the rest makes room, least recently used first. */
  set(key: string, value: Value, weight = 1): void {
    assert(weight > 0, 'an entry weighs something', weight);
    this.delete(key);
    const nowMs = this.#clock.monotonic();
    this.#sweep(nowMs);
    if (weight > this.#capacity) return;
    this.#add(key, { value, weight, expiresAt: nowMs + this.#ttlMs });
    this.#makeRoom();
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#remove(key, entry);
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const [key, entry] of this.#entries) if (matches(entry.value)) this.#remove(key, entry);
  }

  clear(): void {
    this.#entries.clear();
    this.#weight = 0;
  }

  /** The capacity takes effect at once; `ttlMs` for entries set from now on. */
  resize(capacity: number, ttlMs = this.#ttlMs): void {
    assert(capacity >= 0, 'a cache has a capacity', capacity);
    this.#capacity = capacity;
    this.#ttlMs = ttlMs;
    this.#makeRoom();
  }

  #add(key: string, entry: Entry<Value>): void {
    this.#entries.set(key, entry);
    this.#weight += entry.weight;
  }

  #remove(key: string, entry: Entry<Value>): void {
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  #makeRoom(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#weight <= this.#capacity) return;
      this.#remove(key, entry);
    }
  }

  /** Once in a lifetime of an entry, lets go of those that expired and that nobody asks for. */
  #sweep(nowMs: number): void {
    if (nowMs < this.#sweepAt) return;
    this.#sweepAt = nowMs + this.#ttlMs;
    for (const [key, entry] of this.#entries) if (entry.expiresAt <= nowMs) this.#remove(key, entry);
  }
}
