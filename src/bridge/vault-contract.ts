import type { Result } from '../core/result';
import type {
  RecordStore,
  VaultError,
  VaultProtection,
  VaultSecret,
  VaultStatus,
} from '../vault/vault-types';

/**
 * The vault worker: the only room that touches IndexedDB or keys. All calls answer with a `Result`,
 * because Comlink drops `code` and `cause` from thrown errors.
 */
export interface VaultContract extends RecordStore {
  status(): Promise<Result<VaultStatus, VaultError>>;
  /** Makes a new vault. `passphrase` is required for that protection, ignored for the other. */
  create(protection: VaultProtection, passphrase?: string): Promise<Result<VaultStatus, VaultError>>;
  /** Opens the vault. Text is a passphrase; convenience mode needs none. Shown to an open vault, it is checked. */
  unlock(secret?: VaultSecret | string): Promise<Result<VaultStatus, VaultError>>;
  /** Drops every key from memory. */
  lock(): Promise<Result<VaultStatus, VaultError>>;
  /** Sets, changes or (with `convenience`) removes the passphrase. The vault must be open. */
  protect(protection: VaultProtection, passphrase?: string): Promise<Result<VaultStatus, VaultError>>;

  /** Everything, encrypted under `passphrase`, as one file. */
  exportBackup(passphrase: string): Promise<Result<Uint8Array, VaultError>>;
  /** Replaces everything with the contents of a backup, all or nothing. */
  importBackup(file: Uint8Array, passphrase: string): Promise<Result<VaultStatus, VaultError>>;
  /** Drops the keys first, then the rows: what was deleted can never be decrypted again. */
  destroy(): Promise<Result<VaultStatus, VaultError>>;

  /** Opens another line to this worker, for the speech worker. */
  connect(port: MessagePort): void;
}
