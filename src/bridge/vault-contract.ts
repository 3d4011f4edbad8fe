import type { Result } from '../core/result';
import type { ParticipationView } from '../insights/participation-view';
import type { Parcel } from '../insights/upload-reports';
import type { AuditPage, AuditVerdict } from '../vault/audit/audit-entry';
import type { KeyState } from '../vault/keys/key-state';
import type { LearningStore } from '../vault/learning-data/learning-store';
import type { UpkeepSettings } from '../vault/maintenance/upkeep-state';
import type { ReportSource } from '../vault/participation/participation';
import type { TabClaim } from '../vault/tab-claim';
import type {
  NewPasskey,
  RecordStore,
  VaultError,
  VaultProtection,
  VaultSecret,
  VaultStatus,
} from '../vault/vault-types';

type Answer<T> = Promise<Result<T, VaultError>>;

/**
 * The vault worker: the only room that touches IndexedDB or keys. All calls answer with a `Result`,
 * because Comlink drops `code` and `cause` from thrown errors.
 */
export interface VaultContract extends RecordStore, LearningStore {
  /** From here on nothing is changed unless this tab has its lock: calls answer `locked`, and the vault is. */
  keepTo(tab: TabClaim): void;

  status(): Answer<VaultStatus>;
  /** Makes a new vault. `passphrase` is required for that protection, ignored for the other. */
  create(protection: VaultProtection, passphrase?: string): Answer<VaultStatus>;
  /** Opens the vault. Text is a passphrase; convenience mode needs none. Shown to an open vault, it is checked. */
  unlock(secret?: VaultSecret | string): Answer<VaultStatus>;
  /** Drops every key from memory. */
  lock(): Answer<VaultStatus>;

  /** Sets, changes or (with `convenience`) removes the passphrase, and with it every other way in. */
  protect(protection: VaultProtection, passphrase?: string): Answer<VaultStatus>;
  /** A passkey opens the vault beside the passphrase; there is one at a time. `prf` is copied; overwrite yours. */
  addPasskey(passkey: NewPasskey): Answer<VaultStatus>;
  removePasskey(): Answer<VaultStatus>;
  /** A new code that opens the vault beside the passphrase, told this once; the one before no longer opens it. */
  makeRecoveryCode(): Answer<string>;
  removeRecoveryCode(): Answer<VaultStatus>;

  keyState(): Answer<KeyState>;
  /** Replaces every data key now. Rows are sealed anew by and by; `keyState` tells how far that is. */
  rotateKeys(): Answer<KeyState>;

  /** Newest first; `before` is a sequence number, `limit` at most 200. */
  auditPage(before?: number, limit?: number): Answer<AuditPage>;
  verifyAudit(): Answer<AuditVerdict>;

  /** How keys are replaced and old data deleted from now on. Asked again, upkeep has a look soon. */
  configureUpkeep(settings: UpkeepSettings): Promise<void>;

  /** What taking part in insights is, would be, and has cost; `source` never leaves the device. */
  viewParticipation(source: ReportSource): Answer<ParticipationView>;
  /** From here on reports are made for this endpoint. */
  joinInsights(endpoint: string): Answer<void>;
  /** Destroys what was written down of reports, and what waits to be sent. */
  leaveInsights(): Answer<void>;
  /** Makes the next report if it is time for one; answers whether it was. */
  makeReport(source: ReportSource): Answer<boolean>;
  /** Reports whose hour has come. */
  dueReports(endpoint: string): Answer<readonly Parcel[]>;
  settleReport(id: string, delivery: 'counted' | 'refused'): Answer<void>;

  /** Everything, encrypted under `passphrase`, as one file. */
  exportBackup(passphrase: string): Answer<Uint8Array>;
  /** Replaces everything with the contents of a backup, all or nothing. */
  importBackup(file: Uint8Array, passphrase: string): Answer<VaultStatus>;
  /** Drops the keys first, then the rows: what was deleted can never be decrypted again. */
  destroy(): Answer<VaultStatus>;

  /** A line for what the vault tells by itself: `VaultEvent`. */
  connectEvents(port: MessagePort): void;
  /** Opens another line to this worker, for the speech worker. */
  connect(port: MessagePort): void;
}
