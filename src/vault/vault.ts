import { type Clock, systemClock } from '../core/clock';
import { err, ok, type Result } from '../core/result';
import type { RecordOf, TableName } from '../learning/records';
import { decodeBackup, encodeBackup } from './backup/backup-file';
import { KeyRing } from './keys/key-ring';
import { KeyStore, protectionOf } from './keys/key-store';
import { acceptPassphrase, newSlotFor, newVault, openSlot, rowsOf } from './keys/vault-keys';
import { RecordStore } from './rows/record-store';
import { checkedRow, idOfStored, openRow, sealRows, type TableRow } from './rows/sealed-rows';
import { tableNames } from './rows/table-levels';
import { isConnectionLost, unavailable, VaultFailure, vaultErrorOf } from './vault-failure';
import { VaultQueue } from './vault-queue';
import type { VaultError, VaultProtection, VaultRows, VaultStatus, VaultWrite } from './vault-types';

type Answer<T> = Promise<Result<T, VaultError>>;

export interface VaultOptions {
  /** Prefix of the two databases; one vault a name. */
  readonly name?: string;
  readonly clock?: Clock;
}

interface Stores {
  readonly keys: KeyStore;
  readonly records: RecordStore;
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
  #ring: KeyRing | undefined;

  constructor({ name = 'claude-echo', clock = systemClock }: VaultOptions = {}) {
    this.#name = name;
    this.#clock = clock;
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
   * Opens the vault; with no vault, or an open one, it only tells the status. A wrong passphrase takes as
   * long as a right one.
   */
  unlock(passphrase?: string): Answer<VaultStatus> {
    return this.#changeAcrossTabs(async () => {
      const { keys, records } = await this.#stores();
      const stored = await keys.read();
      if (stored !== undefined && this.#ring?.vaultId !== stored.header.vaultId) {
        const opened = await openSlot(stored.header, stored.slot, passphrase);
        const ring = await KeyRing.open(opened, keys, this.#clock);
        await records.claim(ring.vaultId, { keepRows: true });
        this.#ring = ring;
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

  /** Changes only how the master key is wrapped: no row is touched. */
  protect(protection: VaultProtection, passphrase?: string): Answer<VaultStatus> {
    return this.#changeAcrossTabs(async () => {
      const ring = this.#openRing();
      const { keys } = await this.#stores();
      const stored = await keys.read();
      if (stored?.header.vaultId !== ring.vaultId) throw new VaultFailure({ kind: 'locked' });
      const made = await newSlotFor(ring.keys, stored.slot, protection, passphrase, this.#clock);
      await keys.replaceSlot(made.slot);
      this.#ring = ring.withKek(made.kek);
      return this.#status();
    });
  }

  list<T extends TableName>(table: T): Answer<VaultRows<T>> {
    return this.#read(() => this.#list(table, this.#openRing()));
  }

  /** One row; `undefined` when there is none, or none that can be read (`list` tells which). */
  get<T extends TableName>(table: T, id: string): Answer<RecordOf<T> | undefined> {
    return this.#read(async () => {
      const ring = this.#openRing();
      const { records } = await this.#stores();
      return await openRow(table, id, await records.one(ring.vaultId, table, id), ring);
    });
  }

  write(writes: readonly VaultWrite[]): Answer<void> {
    return this.#changeAcrossTabs(async () => {
      const ring = this.#openRing();
      const { records } = await this.#stores();
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
        const rows = [...puts.values()];
        const replaced = await records.versions(rows.map(({ table, row }) => ({ table, id: row.id })));
        const sealed = await sealRows(rows, ring, this.#clock, replaced);
        if (await records.commit(ring.vaultId, sealed, [...deletes.values()])) return;
      }
      throw unavailable('another tab keeps changing the same rows');
    });
  }

  /** Everything that can be read, sealed under a key of its own. Rows in quarantine stay behind. */
  exportBackup(passphrase: string): Answer<Uint8Array> {
    return this.#read(async () => {
      const ring = this.#openRing();
      acceptPassphrase(passphrase);
      const entries: TableRow[] = [];
      for (const table of tableNames) {
        const { rows } = await this.#list(table, ring);
        for (const row of rows) entries.push({ table, row } as TableRow);
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
      const { keys, records } = await this.#stores();
      const isAbsent = (await keys.read()) === undefined;
      const ring = isAbsent ? undefined : this.#openRing();
      const entries = await decodeBackup(file, passphrase);
      if (ring === undefined) await this.#found('passphrase', passphrase, entries);
      else await records.replaceAll(ring.vaultId, await sealRows(entries, ring, this.#clock));
      return this.#status();
    });
  }

  destroy(): Answer<VaultStatus> {
    return this.#changeAcrossTabs(async () => {
      this.#ring = undefined;
      const { keys, records } = await this.#stores();
      await keys.shred();
      this.#opening = undefined;
      await records.clear();
      await keys.delete();
      await records.delete();
      return { kind: 'absent' };
    });
  }

  /** Makes a vault with these rows in it. It exists from the moment its keys are stored, rows first. */
  async #found(
    protection: VaultProtection,
    passphrase: string | undefined,
    rows: readonly TableRow[],
  ): Promise<void> {
    const { keys, records } = await this.#stores();
    const made = await newVault(protection, passphrase, rows.length, this.#clock);
    const ring = KeyRing.ofNew(made.ringKeys, made.dataKeys, keys, this.#clock);
    await records.claim(ring.vaultId, { keepRows: false });
    if (rows.length > 0) await records.replaceAll(ring.vaultId, await sealRows(rows, ring, this.#clock));
    await keys.insert(made.header, made.slot, rowsOf(made.dataKeys));
    this.#ring = ring;
  }

  async #status(): Promise<VaultStatus> {
    const { keys, records } = await this.#stores();
    const stored = await keys.read();
    if (stored?.header.vaultId !== this.#ring?.vaultId) this.#ring = undefined;
    if (stored === undefined) return { kind: 'absent' };
    const protection = protectionOf(stored.slot);
    if (this.#ring === undefined) return { kind: 'locked', protection };
    const [isPersisted, { usage, quota }, counts] = await Promise.all([
      navigator.storage.persisted(),
      navigator.storage.estimate(),
      records.counts(),
    ]);
    return { kind: 'open', protection, isPersisted, usedBytes: usage ?? 0, quotaBytes: quota ?? 0, counts };
  }

  async #list<T extends TableName>(table: T, ring: KeyRing): Promise<VaultRows<T>> {
    const { records } = await this.#stores();
    const stored = await records.all(ring.vaultId, table);
    const opened = await Promise.all(stored.map((row) => openRow(table, idOfStored(row), row, ring)));
    return {
      rows: opened.filter((row) => row !== undefined),
      quarantined: stored.filter((_, at) => opened[at] === undefined).map(idOfStored),
    };
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
      return { keys, records: await RecordStore.open(`${this.#name}-learning`) };
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
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
