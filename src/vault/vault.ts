import { type Clock, systemClock } from '../core/clock';
import type { Result } from '../core/result';
import type { RecordOf, TableName } from '../learning/records';
import type { AuditEvent, AuditPage, AuditVerdict } from './audit/audit-entry';
import { AuditTrail } from './audit/audit-trail';
import { decodeBackup, encodeBackup } from './backup/backup-file';
import { deleteDatabase } from './database';
import { KeyRing } from './keys/key-ring';
import type { KeyState, UpkeepReport } from './keys/key-state';
import { changeProtection } from './keys/protection';
import { KeyRotation, ROTATION_RULE, type RotationRule } from './keys/rotation';
import { acceptPassphrase } from './keys/slots';
import { addPasskey, makeRecoveryCode, removeWay } from './keys/ways-in';
import { ledgerDatabaseName } from './participation/ledger-rows';
import { sealRows } from './rows/sealed-rows';
import type { TabClaim } from './tab-claim';
import { VaultAccess } from './vault-access';
import { VaultFailure } from './vault-failure';
import { foundVault, openVault } from './vault-opening';
import { everyRow, listRows, oneRow, writeRows } from './vault-rows';
import type { VaultSession } from './vault-session';
import { statusOf } from './vault-status';
import type {
  NewPasskey,
  VaultError,
  VaultProtection,
  VaultRows,
  VaultSecret,
  VaultStatus,
  VaultWrite,
} from './vault-types';

export type { VaultSession } from './vault-session';

type Answer<T> = Promise<Result<T, VaultError>>;

export interface VaultOptions {
  /** Prefix of the two databases; one vault a name. */
  readonly name?: string;
  readonly clock?: Clock;
}

/**
 * The encrypted store of everything Echo learns. Runs in the vault worker, on two IndexedDB databases:
 * wrapped keys (strict durability) and sealed rows (relaxed). Every call answers with a `Result` and never
 * rejects; calls that change something run one at a time, in the order they were made.
 */
export class Vault {
  readonly #access: VaultAccess;
  readonly #name: string;
  readonly #trail = new AuditTrail();
  #rotation = new KeyRotation();
  #rotationRule = ROTATION_RULE;

  constructor({ name = 'claude-echo', clock = systemClock }: VaultOptions = {}) {
    this.#access = new VaultAccess(name, clock);
    this.#name = name;
    this.onLock(() => {
      this.#rotation = new KeyRotation();
    });
  }

  get isOpen(): boolean {
    return this.#access.ring !== undefined;
  }

  /** Calls `listener` whenever the keys leave memory, for whatever reason: who keeps plaintext drops it then. */
  onLock(listener: () => void): void {
    this.#access.onLock(listener);
  }

  /** From here on nothing is changed unless this tab has its lock. */
  keepTo(tab: TabClaim): void {
    this.#access.keepTo(tab);
  }

  status(): Answer<VaultStatus> {
    return this.#access.reading(() => statusOf(this.#access));
  }

  /** Makes a new vault and opens it. */
  create(protection: VaultProtection, passphrase?: string): Answer<VaultStatus> {
    return this.#access.acrossTabs(async () => {
      const { keys } = await this.#access.stores();
      if ((await keys.read()) !== undefined) throw new VaultFailure({ kind: 'already-exists' });
      await foundVault(this.#access, this.#trail, protection, passphrase, []);
      return statusOf(this.#access);
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
    return this.#access.acrossTabs(() => openVault(this.#access, this.#trail, shown));
  }

  lock(): Answer<VaultStatus> {
    return this.#access.alone(async () => {
      try {
        if (this.#access.ring !== undefined) await this.#note('locked');
      } finally {
        this.#access.leave();
      }
      return statusOf(this.#access);
    });
  }

  /**
   * Sets, changes or (with `convenience`) removes the passphrase. A changed one leaves the other ways in as they
   * are; without one there are none. After a first one upkeep seals every row anew, under new keys.
   */
  protect(protection: VaultProtection, passphrase?: string): Answer<VaultStatus> {
    return this.#changeKeys('protection-changed', { to: protection }, async (session) => {
      const master = await changeProtection(session, protection, passphrase);
      if (master === undefined) return;
      this.#access.adopt(await KeyRing.open(master, session.keys, session.clock), session.owner);
      await this.#access.advanceEpoch();
    });
  }

  /**
   * Adds a passkey beside the passphrase, in place of the one before.
   *
   * @param passkey its `prf` is overwritten
   */
  addPasskey(passkey: NewPasskey): Answer<VaultStatus> {
    return this.#changeKeys('passkey-added', {}, (session) => addPasskey(session, passkey));
  }

  removePasskey(): Answer<VaultStatus> {
    return this.#changeKeys('passkey-removed', {}, (session) => removeWay(session, 'passkey'));
  }

  /** Makes a code that opens the vault beside the passphrase; the one before no longer does. Told only once. */
  makeRecoveryCode(): Answer<string> {
    return this.#access.change(async (session) => {
      const code = await makeRecoveryCode(session);
      await this.#note('recovery-code-made');
      return code;
    });
  }

  removeRecoveryCode(): Answer<VaultStatus> {
    return this.#changeKeys('recovery-code-removed', {}, (session) => removeWay(session, 'recovery'));
  }

  list<T extends TableName>(table: T): Answer<VaultRows<T>> {
    return this.read((session) => listRows(table, session));
  }

  /** One row; `undefined` when there is none, or none that can be read (`list` tells which). */
  get<T extends TableName>(table: T, id: string): Answer<RecordOf<T> | undefined> {
    return this.read((session) => oneRow(table, id, session));
  }

  write(writes: readonly VaultWrite[]): Answer<void> {
    return this.change((session) => writeRows(writes, session));
  }

  /** Everything that can be read, sealed under a key of its own. Rows in quarantine stay behind. */
  exportBackup(passphrase: string): Answer<Uint8Array> {
    return this.read(async (session) => {
      acceptPassphrase(passphrase);
      const entries = await everyRow(session);
      const file = await encodeBackup(entries, passphrase, session.clock);
      await this.#note('backup-exported', { rows: entries.length });
      return file;
    });
  }

  /**
   * Checks the whole file, then replaces every row at once. An open vault keeps its own keys and
   * protection; with no vault, one is made that opens with the passphrase of the backup; a locked vault
   * answers `locked`, so that a file alone cannot replace what somebody else protects.
   */
  importBackup(file: Uint8Array, passphrase: string): Answer<VaultStatus> {
    return this.#access.acrossTabs(async () => {
      const { keys } = await this.#access.stores();
      const isAbsent = (await keys.read()) === undefined;
      if (!isAbsent) this.#access.openRing();
      const entries = await decodeBackup(file, passphrase);
      if (isAbsent) await foundVault(this.#access, this.#trail, 'passphrase', passphrase, entries);
      else {
        const { rows, owner, ring, clock } = await this.#access.session();
        await rows.replaceAll(owner, await sealRows(entries, ring, clock));
      }
      await this.#note('backup-imported', { rows: entries.length });
      return statusOf(this.#access);
    });
  }

  keyState(): Answer<KeyState> {
    return this.read((session) => this.#rotation.state(session, this.#rotationRule.ageMs));
  }

  /** Replaces every data key now; upkeep seals their rows anew. */
  rotateKeys(): Answer<KeyState> {
    return this.change(async (session) => {
      for (const replaced of await this.#rotation.replaceAll(session))
        await this.#note('key-rotated', replaced);
      return this.#rotation.state(session, this.#rotationRule.ageMs);
    });
  }

  /**
   * Brings the keys a small step closer to where they should be: replaces those that are due, seals a few rows
   * anew, drops a key that nothing needs any more. Whatever waits in the queue comes between two steps.
   */
  rotationStep(rows?: number, rule: RotationRule = this.#rotationRule): Answer<UpkeepReport> {
    this.#rotationRule = rule;
    return this.change(async (session) => {
      const advanceEpoch = () => this.#access.advanceEpoch();
      const step = await this.#rotation.step({ ...session, advanceEpoch }, rows, rule);
      for (const key of step.replaced) await this.#note('key-rotated', key);
      for (const key of step.dropped) await this.#note('key-dropped', key);
      if (step.unreadable > 0) await this.#note('rows-quarantined', { rows: step.unreadable });
      const { resealed, dropped, isMore } = step;
      return { resealed, droppedKeys: dropped.length, expired: 0, isMore };
    });
  }

  /** A page of the audit log, newest first. */
  auditPage(before?: number, limit?: number): Answer<AuditPage> {
    return this.read((session) => this.#trail.log.page(session, before, limit));
  }

  verifyAudit(): Answer<AuditVerdict> {
    return this.read((session) => this.#trail.log.verify(session));
  }

  destroy(): Answer<VaultStatus> {
    return this.#access.acrossTabs(async () => {
      this.#access.leave();
      const { keys, rows } = await this.#access.takeStores();
      try {
        // First: what waits there would still be sent, and it needs no key to be.
        await deleteDatabase(ledgerDatabaseName(this.#name));
      } finally {
        await keys.shred();
        await rows.clear();
        await keys.delete();
        await rows.delete();
      }
      return { kind: 'absent' };
    });
  }

  /** Lets go of keys and databases; the next call opens them again. */
  close(): Promise<void> {
    return this.#access.close();
  }

  /** Runs beside other readers, on an open vault. */
  read<T>(job: (session: VaultSession) => Promise<T>): Answer<T> {
    return this.#access.read(job);
  }

  /**
   * Runs alone, in this tab and across tabs, on an open vault. When another tab changed the keys meanwhile the
   * job runs once more with the new ones, so it must have written nothing before its one transaction.
   */
  change<T>(job: (session: VaultSession) => Promise<T>): Answer<T> {
    return this.#access.change(job);
  }

  #changeKeys(
    event: AuditEvent,
    detail: Parameters<AuditTrail['note']>[2],
    job: (session: VaultSession) => Promise<void>,
  ): Answer<VaultStatus> {
    return this.#access.change(async (session) => {
      await job(session);
      await this.#note(event, detail);
      return statusOf(this.#access);
    });
  }

  async #note(event: AuditEvent, detail?: Parameters<AuditTrail['note']>[2]): Promise<void> {
    await this.#trail.note(await this.#access.session(), event, detail);
  }
}
