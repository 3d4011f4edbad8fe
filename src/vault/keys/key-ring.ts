import type { Clock } from '../../core/clock';
import { type DataPrivacyLevel, dataPrivacyLevels } from '../../learning/data-privacy-level';
import { openDataKey, openMacKey } from '../crypto/wrapped-key';
import { VaultFailure } from '../vault-failure';
import { COUNTED_AHEAD, type MasterKey, type NewKeys, newDataKey, newMacKey } from './key-material';
import { type DataKey, dataKeyBinding, type MacUse, macKeyBinding, macUses } from './key-rows';
import type { KeyStore } from './key-store';

/** GCM with random IVs stays far from a repeated one below this (NIST SP 800-38D, section 8.3). */
export const MOST_ENCRYPTIONS = 2 ** 30;

interface ActiveKey {
  readonly id: string;
  readonly key: CryptoKey;
  /** Counted in the store already, and not used yet. */
  countedAhead: number;
}

/** A key for HMAC-SHA-256, non-extractable. */
export interface MacKey {
  readonly id: string;
  readonly key: CryptoKey;
}

export interface MacKeys {
  /** Signs from now on. */
  readonly active: MacKey;
  /** The active one, and those that signed what is still stored. */
  readonly all: readonly MacKey[];
}

/** Keys of the blind index. Queries look for tokens of `all`, writes carry those of `active`. */
export interface IndexKeys {
  readonly active: CryptoKey;
  readonly all: readonly CryptoKey[];
}

/** The keys of an open vault, non-extractable. Dropping the ring locks the vault. */
export class KeyRing {
  readonly #store: KeyStore;
  readonly #clock: Clock;
  readonly #active = new Map<DataPrivacyLevel, ActiveKey>();
  readonly #refilling = new Map<DataPrivacyLevel, Promise<void>>();
  readonly #opened = new Map<string, Promise<CryptoKey | undefined>>();
  readonly #macKeys = new Map<MacUse, MacKeys>();

  private constructor(
    readonly master: MasterKey,
    store: KeyStore,
    clock: Clock,
  ) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A ring of keys that were just made. */
  static ofNew(master: MasterKey, keys: NewKeys, store: KeyStore, clock: Clock): KeyRing {
    const ring = new KeyRing(master, store, clock);
    for (const { row, key } of keys.macKeys) {
      const active = { id: row.id, key };
      ring.#macKeys.set(row.use, { active, all: [active] });
    }
    for (const dataKey of keys.dataKeys) ring.#adopt(dataKey, dataKey.row.encryptions);
    return ring;
  }

  /**
   * A ring of the stored keys. Where a key is missing or damaged it gets a new one, and so does every level
   * whose rows carry tokens of another index key than the active one.
   *
   * @throws VaultFailure `locked` when the vault is under another master key by now
   */
  static async open(master: MasterKey, store: KeyStore, clock: Clock): Promise<KeyRing> {
    if (!(await store.isCurrent(master))) throw new VaultFailure({ kind: 'locked' });
    const ring = new KeyRing(master, store, clock);
    for (const use of macUses) await ring.#openMacKeys(use);
    const { dataKeys } = await store.keys();
    for (const row of dataKeys) if (row.state === 'active') await ring.#adoptStored(row);
    for (const level of dataPrivacyLevels) if (!ring.#active.has(level)) await ring.#refill(level, undefined);
    return ring;
  }

  get vaultId(): string {
    return this.master.vaultId;
  }

  indexKeys(): IndexKeys {
    const { active, all } = this.#keysFor('index');
    return { active: active.key, all: all.map(({ key }) => key) };
  }

  /** Keys of the audit log's chain. An entry tells which of them it was signed with. */
  auditKeys(): MacKeys {
    return this.#keysFor('audit');
  }

  /** Keys that memoised answers of anonymised insights are drawn from. */
  insightKeys(): MacKeys {
    return this.#keysFor('insights');
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

  /** Retires the active key of a level; from here on another one seals. */
  async replaceDataKey(level: DataPrivacyLevel): Promise<string> {
    const made = await newDataKey(this.master, level, this.#keysFor('index').active.id, this.#clock);
    await this.#store.activate(this.master, made.row);
    this.#adopt(made, made.row.encryptions);
    return made.row.id;
  }

  /** Forgets a key that nothing needs any more. */
  forget(id: string): void {
    this.#opened.delete(id);
    for (const [use, { active, all }] of this.#macKeys) {
      this.#macKeys.set(use, { active, all: all.filter((key) => key.id !== id || key === active) });
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
      const stored = await this.#store.activeDataKey(level);
      // Another tab replaced it: two tabs must not go on replacing each other's keys.
      const isNews = stored !== undefined && active !== undefined && stored.id !== active.id;
      if (isNews && (await this.#adoptStored(stored))) return;
      await this.replaceDataKey(level);
    } finally {
      this.#refilling.delete(level);
    }
  }

  /** @returns whether the key can seal */
  async #adoptStored(row: DataKey): Promise<boolean> {
    if (row.format === 1 || row.indexKeyId !== this.#keysFor('index').active.id) return false;
    const key = await this.#open(row);
    if (key === undefined) return false;
    this.#adopt({ row, key }, 0);
    return true;
  }

  #adopt({ row, key }: { readonly row: DataKey; readonly key: CryptoKey }, countedAhead: number): void {
    this.#active.set(row.level, { id: row.id, key, countedAhead });
    this.#opened.set(row.id, Promise.resolve(key));
  }

  async #open(row: DataKey): Promise<CryptoKey | undefined> {
    try {
      return await openDataKey(
        row.wrapped,
        this.master.wrappingKey,
        dataKeyBinding(this.master.vaultId, row),
      );
    } catch {
      // Not damaged at all, when it is wrapped under a master key that this session missed.
      if (!(await this.#store.isCurrent(this.master))) throw new VaultFailure({ kind: 'locked' });
      // Damaged: the rows under it will be listed as quarantined, which is where that is reported.
      return undefined;
    }
  }

  #keysFor(use: MacUse): MacKeys {
    const keys = this.#macKeys.get(use);
    if (keys === undefined) throw new VaultFailure({ kind: 'locked' });
    return keys;
  }

  async #openMacKeys(use: MacUse): Promise<void> {
    const { wrappingKey, vaultId } = this.master;
    const { macKeys } = await this.#store.keys();
    const all: MacKey[] = [];
    let active: MacKey | undefined;
    for (const row of macKeys) {
      if (row.use !== use) continue;
      try {
        const key = {
          id: row.id,
          key: await openMacKey(row.wrapped, wrappingKey, macKeyBinding(vaultId, row)),
        };
        all.push(key);
        if (row.state === 'active') active = key;
      } catch {
        // Damaged. Whatever it signed cannot be checked any more, which is where that is reported.
      }
    }
    if (active === undefined) {
      const made = await newMacKey(this.master, use, this.#clock);
      await this.#store.activateMacKey(this.master, made.row);
      active = { id: made.row.id, key: made.key };
      all.push(active);
    }
    this.#macKeys.set(use, { active, all });
  }
}
