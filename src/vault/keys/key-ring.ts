import type { Clock } from '../../core/clock';
import { type DataPrivacyLevel, dataPrivacyLevels } from '../../learning/data-privacy-level';
import { createDataKey, openDataKey } from '../crypto/wrapped-key';
import { type DataKey, dataKeyBinding, KEY_FORMAT, type KeyStore } from './key-store';

/** GCM with random IVs stays far from a repeated one below this (NIST SP 800-38D, section 8.3). */
const MOST_ENCRYPTIONS = 2 ** 30;
/** Encryptions are counted this many at a time, so that a write seldom waits for the key database. */
export const COUNTED_AHEAD = 4_096;

interface ActiveKey {
  readonly id: string;
  readonly key: CryptoKey;
  /** Counted in the store already, and not used yet. */
  countedAhead: number;
}

export interface RingKeys {
  readonly vaultId: string;
  /** Opens the master key of this vault's slot, to wrap it anew when the protection changes. */
  readonly kek: CryptoKey;
  readonly wrappingKey: CryptoKey;
}

/** A data key as it is stored, and ready for use. */
export interface NewDataKey {
  readonly row: DataKey;
  readonly key: CryptoKey;
}

/** Makes a data key that `countedAhead` encryptions are granted to from the start. */
export async function newDataKey(
  keys: Pick<RingKeys, 'vaultId' | 'wrappingKey'>,
  level: DataPrivacyLevel,
  clock: Clock,
  countedAhead = COUNTED_AHEAD,
): Promise<NewDataKey> {
  const id: string = crypto.randomUUID();
  const { key, wrapped } = await createDataKey(keys.wrappingKey, dataKeyBinding(keys.vaultId, { id, level }));
  const row: DataKey = {
    id,
    format: KEY_FORMAT,
    level,
    createdAt: clock.now(),
    state: 'active',
    encryptions: countedAhead,
    wrapped,
  };
  return { row, key };
}

/** The keys of an open vault, non-extractable. Dropping the ring locks the vault. */
export class KeyRing {
  readonly #store: KeyStore;
  readonly #clock: Clock;
  readonly #active = new Map<DataPrivacyLevel, ActiveKey>();
  readonly #refilling = new Map<DataPrivacyLevel, Promise<void>>();
  readonly #opened = new Map<string, Promise<CryptoKey | undefined>>();

  private constructor(
    readonly keys: RingKeys,
    store: KeyStore,
    clock: Clock,
  ) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A ring of keys that were just made. */
  static ofNew(keys: RingKeys, dataKeys: readonly NewDataKey[], store: KeyStore, clock: Clock): KeyRing {
    const ring = new KeyRing(keys, store, clock);
    for (const dataKey of dataKeys) ring.#adopt(dataKey, dataKey.row.encryptions);
    return ring;
  }

  /** A ring of the stored keys; a level whose key is missing or damaged gets a new one. */
  static async open(keys: RingKeys, store: KeyStore, clock: Clock): Promise<KeyRing> {
    const ring = new KeyRing(keys, store, clock);
    for (const row of await store.activeDataKeys()) {
      const key = await ring.#open(row);
      if (key !== undefined) ring.#adopt({ row, key }, 0);
    }
    for (const level of dataPrivacyLevels) if (!ring.#active.has(level)) await ring.#refill(level, undefined);
    return ring;
  }

  get vaultId(): string {
    return this.keys.vaultId;
  }

  /** The key that opens a stored row; `undefined` when it is gone or damaged. */
  openingKey(id: string): Promise<CryptoKey | undefined> {
    const known = this.#opened.get(id);
    if (known !== undefined) return known;
    const opening = this.#store.dataKey(id).then((row) => (row === undefined ? undefined : this.#open(row)));
    this.#opened.set(id, opening);
    return opening;
  }

  /** The key that seals the next row of a level; that encryption is counted against it. */
  async sealingKey(level: DataPrivacyLevel): Promise<{ readonly id: string; readonly key: CryptoKey }> {
    for (;;) {
      const active = this.#active.get(level);
      if (active !== undefined && active.countedAhead > 0) {
        active.countedAhead -= 1;
        return active;
      }
      const refilling = this.#refilling.get(level) ?? this.#refill(level, active);
      this.#refilling.set(level, refilling);
      await refilling;
    }
  }

  /** Counts the next block against the active key, or replaces a key that has done its work. */
  async #refill(level: DataPrivacyLevel, active: ActiveKey | undefined): Promise<void> {
    try {
      if (
        active !== undefined &&
        (await this.#store.countEncryptions(active.id, COUNTED_AHEAD, MOST_ENCRYPTIONS))
      ) {
        active.countedAhead += COUNTED_AHEAD;
        return;
      }
      const made = await newDataKey(this.keys, level, this.#clock);
      await this.#store.activate(made.row);
      this.#adopt(made, made.row.encryptions);
    } finally {
      this.#refilling.delete(level);
    }
  }

  /** The same ring after the protection changed. */
  withKek(kek: CryptoKey): KeyRing {
    const ring = new KeyRing({ ...this.keys, kek }, this.#store, this.#clock);
    for (const [level, active] of this.#active) ring.#active.set(level, active);
    for (const [id, key] of this.#opened) ring.#opened.set(id, key);
    return ring;
  }

  #adopt({ row, key }: NewDataKey, countedAhead: number): void {
    this.#active.set(row.level, { id: row.id, key, countedAhead });
    this.#opened.set(row.id, Promise.resolve(key));
  }

  async #open(row: DataKey): Promise<CryptoKey | undefined> {
    try {
      return await openDataKey(row.wrapped, this.keys.wrappingKey, dataKeyBinding(this.keys.vaultId, row));
    } catch {
      // Damaged: the rows under it will be listed as quarantined, which is where that is reported.
      return undefined;
    }
  }
}
