import { type Clock, systemClock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import type { RecordOf, TableName } from '../learning/records';
import { decodeBackup, encodeBackup } from './backup/backup-file';
import { fillSlot } from './keys/key-material';
import { KeyRing } from './keys/key-ring';
import { KeyStore } from './keys/key-store';
import { acceptPassphrase, newMainWay, type Way } from './keys/slots';
import { newVault, openWith, renewMasterKey, rowsOf } from './keys/vault-keys';
import { type Ownership, RowStore, StaleEpoch } from './rows/row-store';
import { checkedRow, idOfStored, openRow, sealRows, type TableRow } from './rows/sealed-rows';
import { tableNames } from './rows/table-levels';
import { isConnectionLost, unavailable, VaultFailure, vaultErrorOf } from './vault-failure';
import { VaultQueue } from './vault-queue';
import type {
  VaultError,
  VaultProtection,
  VaultRows,
  VaultSecret,
  VaultStatus,
  VaultWrite,
} from './vault-types';

type Answer<T> = Promise<Result<T, VaultError>>;

export interface VaultOptions {
  /** Prefix of the two databases; one vault a name. */
  readonly name?: string;
  readonly clock?: Clock;
}

interface Stores {
  readonly keys: KeyStore;
  readonly rows: RowStore;
}

/** An open vault, for the rooms of the vault that build on it. Never kept beyond the call it was given to. */
export interface VaultSession extends Stores {
  readonly ring: KeyRing;
  readonly owner: Ownership;
  readonly clock: Clock;
}

/** How often a write starts over because a tab that lost the lock changed the same row meanwhile. */
const MOST_ATTEMPTS = 5;

/**
 * The encrypted store of everything Echo learns. Runs in the vault worker, on two IndexedDB databases:
 * wrapped keys (strict durability) and sealed rows (relaxed). Every call answers with a `Result` and never
 * rejects; calls that change something run one at a time, in the order they were made.
 */
export class Vault {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #queue = new VaultQueue();
  #opening: Promise<Stores> | undefined;
  readonly #lockListeners = new Set<() => void>();
  #openedRing: KeyRing | undefined;
  #epoch = 0;

  constructor({ name = 'claude-echo', clock = systemClock }: VaultOptions = {}) {
    this.#name = name;
    this.#clock = clock;
  }

  get #ring(): KeyRing | undefined {
    return this.#openedRing;
  }

  set #ring(ring: KeyRing | undefined) {
    this.#openedRing = ring;
    if (ring === undefined) for (const listener of this.#lockListeners) listener();
  }

  /** Calls `listener` whenever the keys leave memory, for whatever reason: who keeps plaintext drops it then. */
  onLock(listener: () => void): void {
    this.#lockListeners.add(listener);
  }

  status(): Answer<VaultStatus> {
    return this.#read(() => this.#status());
  }

  /** Makes a new vault and opens it. */
  create(protection: VaultProtection, passphrase?: string): Answer<VaultStatus> {
    return this.#changeAcrossTabs(async () => {
      const { keys } = await this.#stores();
      if ((await keys.read()) !== undefined) throw new VaultFailure({ kind: 'already-exists' });
      await this.#found(protection, passphrase, []);
      return this.#status();
    });
  }

  /**
   * Opens the vault. An open one stays open, and a secret shown to it is still checked; with no vault it only
   * tells the status. A wrong secret takes as long as a right one.
   *
   * @param secret text is a passphrase; nothing opens a vault in convenience mode
   */
  unlock(secret?: VaultSecret | string): Answer<VaultStatus> {
    const shown = typeof secret === 'string' ? ({ kind: 'passphrase', passphrase: secret } as const) : secret;
    return this.#changeAcrossTabs(async () => {
      const { keys, rows } = await this.#stores();
      const stored = await keys.read();
      if (stored === undefined) return this.#status();
      const isOpen = this.#ring !== undefined && (await keys.isCurrent(this.#ring.master));
      if (isOpen && shown === undefined) return this.#status();
      const master = await openWith(stored.header, stored.slots, shown);
      if (!isOpen) {
        // The epoch first: whoever changes the keys after it was read stops this session's writes.
        const owner = await rows.claim(master.vaultId, { keepRows: true });
        this.#adopt(await KeyRing.open(master, keys, this.#clock), owner);
      }
      return this.#status();
    });
  }

  lock(): Answer<VaultStatus> {
    return this.#change(() => {
      this.#ring = undefined;
      return this.#status();
    });
  }

  /**
   * Sets, changes or (with `convenience`) removes the passphrase. A changed one leaves the other ways in as they
   * are; without one there are none. A first one brings a new master key and new data keys, because the old
   * ones were readable on the disk: rows are sealed anew by upkeep.
   */
  protect(protection: VaultProtection, passphrase?: string): Answer<VaultStatus> {
    return this.#changeAcrossTabs(async () => {
      const { master } = this.#openRing();
      const { keys } = await this.#stores();
      const stored = await keys.read();
      if (stored?.header.generation !== master.generation) throw new VaultFailure({ kind: 'locked' });
      const way = await newMainWay(protection, passphrase, this.#clock);
      if (protection === 'convenience') await keys.replaceSlots(master, await fillSlot(master, way));
      else if (stored.slots.protection === 'passphrase')
        await keys.putSlot(master, await fillSlot(master, way));
      else await this.#startAnew(way);
      return this.#status();
    });
  }

  async #startAnew(way: Way): Promise<void> {
    const { master, vaultId } = this.#openRing();
    const { keys, rows } = await this.#stores();
    const renewed = await renewMasterKey(master, await keys.keys(), way, this.#clock);
    await keys.replaceMasterKey(master, renewed.slot, renewed.keys);
    const ring = await KeyRing.open(renewed.master, keys, this.#clock);
    this.#adopt(ring, await rows.advanceEpoch(await rows.claim(vaultId, { keepRows: true })));
  }

  list<T extends TableName>(table: T): Answer<VaultRows<T>> {
    return this.read((session) => this.#list(table, session));
  }

  /** One row; `undefined` when there is none, or none that can be read (`list` tells which). */
  get<T extends TableName>(table: T, id: string): Answer<RecordOf<T> | undefined> {
    return this.read(async ({ ring, rows, owner }) =>
      openRow(table, id, await rows.one(owner, table, id), ring),
    );
  }

  write(writes: readonly VaultWrite[]): Answer<void> {
    return this.change(async ({ ring, rows, owner }) => {
      const puts = new Map<string, TableRow>();
      const deletes = new Map<string, { readonly table: TableName; readonly id: string }>();
      for (const write of writes) {
        const id = write.op === 'put' ? write.row.id : write.id;
        const place = `${write.table}|${id}`;
        puts.delete(place);
        deletes.delete(place);
        if (write.op === 'put') puts.set(place, checkedRow(write));
        else deletes.set(place, { table: write.table, id });
      }
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        const entries = [...puts.values()];
        const replaced = await rows.versions(entries.map(({ table, row }) => ({ table, id: row.id })));
        const sealed = await sealRows(entries, ring, this.#clock, replaced);
        if (await rows.commit(owner, sealed, [...deletes.values()])) return;
      }
      throw unavailable('another tab keeps changing the same rows');
    });
  }

  /** Everything that can be read, sealed under a key of its own. Rows in quarantine stay behind. */
  exportBackup(passphrase: string): Answer<Uint8Array> {
    return this.read(async (session) => {
      acceptPassphrase(passphrase);
      const entries: TableRow[] = [];
      for (const table of tableNames) {
        const listed = await this.#list(table, session);
        for (const row of listed.rows) entries.push({ table, row } as TableRow);
      }
      return await encodeBackup(entries, passphrase, this.#clock);
    });
  }

  /**
   * Checks the whole file, then replaces every row at once. An open vault keeps its own keys and
   * protection; with no vault, one is made that opens with the passphrase of the backup; a locked vault
   * answers `locked`, so that a file alone cannot replace what somebody else protects.
   */
  importBackup(file: Uint8Array, passphrase: string): Answer<VaultStatus> {
    return this.#changeAcrossTabs(async () => {
      const { keys, rows } = await this.#stores();
      const isAbsent = (await keys.read()) === undefined;
      const ring = isAbsent ? undefined : this.#openRing();
      const entries = await decodeBackup(file, passphrase);
      if (ring === undefined) await this.#found('passphrase', passphrase, entries);
      else await rows.replaceAll(this.#ownership(ring), await sealRows(entries, ring, this.#clock));
      return this.#status();
    });
  }

  destroy(): Answer<VaultStatus> {
    return this.#changeAcrossTabs(async () => {
      this.#ring = undefined;
      const { keys, rows } = await this.#stores();
      await keys.shred();
      this.#opening = undefined;
      await rows.clear();
      await keys.delete();
      await rows.delete();
      return { kind: 'absent' };
    });
  }

  /** Makes a vault with these rows in it. It exists from the moment its keys are stored, rows first. */
  async #found(
    protection: VaultProtection,
    passphrase: string | undefined,
    entries: readonly TableRow[],
  ): Promise<void> {
    const { keys, rows } = await this.#stores();
    const made = await newVault(protection, passphrase, entries.length, this.#clock);
    const ring = KeyRing.ofNew(made.master, made.keys, keys, this.#clock);
    const owner = await rows.claim(ring.vaultId, { keepRows: false });
    if (entries.length > 0) await rows.replaceAll(owner, await sealRows(entries, ring, this.#clock));
    await keys.insert(made.header, made.slot, rowsOf(made.keys));
    this.#adopt(ring, owner);
  }

  async #status(): Promise<VaultStatus> {
    const { keys, rows } = await this.#stores();
    const stored = await keys.read();
    if (this.#ring !== undefined && !(await keys.isCurrent(this.#ring.master))) this.#ring = undefined;
    if (stored === undefined) return { kind: 'absent' };
    const { protection, waysIn } = stored.slots;
    if (this.#ring === undefined) return { kind: 'locked', protection, waysIn };
    const [isPersisted, { usage, quota }, counts] = await Promise.all([
      navigator.storage.persisted(),
      navigator.storage.estimate(),
      rows.counts(),
    ]);
    const bytes = { usedBytes: usage ?? 0, quotaBytes: quota ?? 0 };
    return { kind: 'open', protection, waysIn, isPersisted, ...bytes, counts };
  }

  async #list<T extends TableName>(table: T, { ring, rows, owner }: VaultSession): Promise<VaultRows<T>> {
    const stored = await rows.all(owner, table);
    const opened = await Promise.all(stored.map((row) => openRow(table, idOfStored(row), row, ring)));
    return {
      rows: opened.filter((row) => row !== undefined),
      quarantined: stored.filter((_, at) => opened[at] === undefined).map(idOfStored),
    };
  }

  #adopt(ring: KeyRing, { epoch }: Ownership): void {
    this.#ring = ring;
    this.#epoch = epoch;
  }

  #ownership({ vaultId }: KeyRing): Ownership {
    return { vaultId, epoch: this.#epoch };
  }

  async #session(): Promise<VaultSession> {
    const ring = this.#openRing();
    const stores = await this.#stores();
    return { ...stores, ring, owner: this.#ownership(ring), clock: this.#clock };
  }

  #openRing(): KeyRing {
    if (this.#ring === undefined) throw new VaultFailure({ kind: 'locked' });
    return this.#ring;
  }

  /** Opens both databases when first needed, and again after their connection was lost. */
  #stores(): Promise<Stores> {
    this.#opening ??= this.#openStores();
    return this.#opening;
  }

  async #openStores(): Promise<Stores> {
    try {
      const keys = await KeyStore.open(`${this.#name}-keys`);
      return { keys, rows: await RowStore.open(`${this.#name}-learning`) };
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** Runs beside other readers, on an open vault. */
  read<T>(job: (session: VaultSession) => Promise<T>): Answer<T> {
    return this.#read(async () => job(await this.#session()));
  }

  /**
   * Runs alone, in this tab and across tabs, on an open vault. When another tab changed the keys meanwhile the
   * job runs once more with the new ones, so it must have written nothing before its one transaction.
   */
  change<T>(job: (session: VaultSession) => Promise<T>): Answer<T> {
    return this.#changeAcrossTabs(async () => {
      try {
        return await job(await this.#session());
      } catch (error) {
        if (!(error instanceof StaleEpoch)) throw error;
        await this.#readKeysAgain();
        return await job(await this.#session());
      }
    });
  }

  async #readKeysAgain(): Promise<void> {
    const { keys, rows } = await this.#stores();
    const owner = await rows.claim(this.#openRing().vaultId, { keepRows: true });
    this.#adopt(await KeyRing.open(this.#openRing().master, keys, this.#clock), owner);
  }

  #read<T>(job: () => Promise<T>): Answer<T> {
    return this.#queue.read(() => this.#answer(job));
  }

  #change<T>(job: () => Promise<T>): Answer<T> {
    return this.#queue.alone(() => this.#answer(job));
  }

  /** As `#change`, and no other tab changes the same vault meanwhile. */
  #changeAcrossTabs<T>(job: () => Promise<T>): Answer<T> {
    return this.#change(() => navigator.locks.request(`${this.#name}-vault`, async () => await job()));
  }

  async #answer<T>(job: () => Promise<T>): Answer<T> {
    try {
      return ok(await job());
    } catch (error) {
      const isLost = isConnectionLost(error);
      if (isLost) this.#opening = undefined;
      if (isLost || (error instanceof VaultFailure && error.error.kind === 'locked')) this.#ring = undefined;
      return err(vaultErrorOf(error));
    }
  }
}
