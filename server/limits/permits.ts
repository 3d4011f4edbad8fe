/**
 * Where replicas share what is left of a rate limit. The salt of a minute makes pseudonyms of addresses; when the
 * minute is over it is dropped, and with it the only way from one to the other.
 */
export interface Permits {
  /** The same on every replica; a fresh random one every minute. */
  salt(minute: number): Promise<string>;
  /**
   * Takes up to `wanted` permits of a minute.
   *
   * @returns how many it got: together, all replicas never get more than `limit`
   */
  take(minute: number, pseudonym: string, wanted: number, limit: number): Promise<number>;
  /** Drops what belongs to earlier minutes. */
  forgetBefore(minute: number): Promise<void>;
  close(): Promise<void>;
}

/** @param taken after these were taken */
export const granted = (taken: number, wanted: number, limit: number): number =>
  Math.max(0, Math.min(wanted, limit - (taken - wanted)));
