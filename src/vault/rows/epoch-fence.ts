import type { Dexie, Table } from 'dexie';
import type { TableName } from '../../learning/records';
import { VaultFailure } from '../vault-failure';
import type { Owner, Ownership } from './row-schema';

/** Thrown out of a transaction when another tab changed the keys: read the ring again and start over. */
export class StaleEpoch extends Error {
  override readonly name = 'StaleEpoch';
}

/**
 * Keeps out whoever no longer owns the rows. The store names the vault it belongs to and the epoch of that vault's
 * keys; a transaction goes through only for those who hold both: after a deletion or an eviction in another tab
 * nothing is written that nobody could ever read, and after a change of keys nothing under the old ones.
 */
export class EpochFence {
  readonly #database: Dexie;
  readonly #owner: Table<Owner, string>;

  constructor(database: Dexie) {
    this.#database = database;
    this.#owner = database.table('owner');
  }

  /** Empties the store for a new vault, or (`keepRows`) makes sure that it belongs to this one. */
  async claim(vaultId: string, { keepRows }: { readonly keepRows: boolean }): Promise<Ownership> {
    return await this.#database.transaction('rw', this.#database.tables, async () => {
      const before = await this.#owner.get('owner');
      if (!keepRows) for (const table of this.#database.tables) await table.clear();
      const epoch = keepRows && before?.vaultId === vaultId ? before.epoch : 0;
      await this.#owner.put({ id: 'owner', vaultId, epoch });
      return { vaultId, epoch };
    });
  }

  /**
   * Shuts out every owner of the epoch until now. Strictly durable: once this is on the disk, so is every row
   * committed before.
   *
   * @returns the new epoch
   */
  async advance(owner: Ownership): Promise<Ownership> {
    await this.within('rw', owner, [], async () => undefined);
    const next = { vaultId: owner.vaultId, epoch: owner.epoch + 1 };
    // Dexie knows one durability a database; this one transaction needs another.
    const transaction = this.#database
      .backendDB()
      .transaction('owner', 'readwrite', { durability: 'strict' });
    const owners = transaction.objectStore('owner');
    const stored = owners.get('owner');
    return await new Promise((resolve, reject) => {
      stored.onsuccess = () => {
        const { vaultId, epoch } = (stored.result ?? {}) as Partial<Owner>;
        if (vaultId === owner.vaultId && epoch === owner.epoch) owners.put({ id: 'owner', ...next });
        else reject(new StaleEpoch('the keys were changed by another tab'));
      };
      transaction.oncomplete = () => resolve(next);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  /**
   * Runs `work` in one transaction over the tables and their tallies, all or nothing. A reader needs the vault
   * only: rows stay readable in whichever epoch.
   *
   * @throws VaultFailure `locked` when the rows belong to another vault or to none
   * @throws StaleEpoch
   */
  within<T>(
    mode: 'r' | 'rw',
    { vaultId, epoch }: Ownership,
    tables: readonly TableName[],
    work: () => PromiseLike<T>,
  ): PromiseLike<T> {
    return this.#database.transaction(mode, ['owner', 'tallies', ...tables], async () => {
      // A reader asks for both at once: what it read is thrown away if it should not have.
      const reading = mode === 'r' ? work() : undefined;
      const owner = await this.#owner.get('owner');
      if (owner?.vaultId !== vaultId) throw new VaultFailure({ kind: 'locked' });
      if (mode === 'rw' && owner.epoch !== epoch)
        throw new StaleEpoch('the keys were changed by another tab');
      return await (reading ?? work());
    });
  }
}
