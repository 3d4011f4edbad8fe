import type { Result } from '../core/result';
import type { RecordOf, TableName } from '../learning/records';

/** How the key that opens the vault is kept. */
export type VaultProtection =
  /** The browser keeps the key: no protection against somebody who can read this device's files. */
  | 'convenience'
  /** Unreadable at rest without the passphrase. */
  | 'passphrase';

/** What a person can show to open a locked vault. */
export type VaultSecret =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recovery-code'; readonly code: string }
  /** Output of the passkey's PRF for the salt in its handle: 32 bytes, moved and overwritten. */
  | { readonly kind: 'passkey'; readonly prf: Uint8Array<ArrayBuffer> };

/** What a page needs to ask for a passkey; readable while the vault is locked. */
export interface PasskeyHandle {
  readonly credentialId: Uint8Array<ArrayBuffer>;
  /** Input of the PRF extension, 32 bytes. */
  readonly prfSalt: Uint8Array<ArrayBuffer>;
  readonly createdAt: number;
}

/** A passkey about to be added: what a page needs to ask for it, and what its PRF gave (overwritten). */
export type NewPasskey = Omit<PasskeyHandle, 'createdAt'> & { readonly prf: Uint8Array<ArrayBuffer> };

/** Ways in beside the passphrase. */
export interface WaysIn {
  readonly passkey: PasskeyHandle | undefined;
  readonly hasRecoveryCode: boolean;
}

export type VaultStatus =
  | { readonly kind: 'absent' }
  | { readonly kind: 'locked'; readonly protection: VaultProtection; readonly waysIn: WaysIn }
  | {
      readonly kind: 'open';
      readonly protection: VaultProtection;
      readonly waysIn: WaysIn;
      /** Whether the browser promised not to evict it (`navigator.storage.persist`). */
      readonly isPersisted: boolean;
      readonly usedBytes: number;
      readonly quotaBytes: number;
      /** Rows per table. */
      readonly counts: Readonly<Record<TableName, number>>;
    };

export type VaultError =
  /** What was shown does not open the vault, be it a passphrase, a passkey or a recovery code. */
  | { readonly kind: 'wrong-passphrase' }
  /** No recovery code looks like this: a letter is missing, too many, or another one. Nothing was tried. */
  | { readonly kind: 'mistyped-code' }
  | { readonly kind: 'weak-passphrase'; readonly minimumLength: number }
  /** The operator of this deployment allows no vault without one, or what was asked for needs one. */
  | { readonly kind: 'passphrase-required' }
  /** Unlock first. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'already-exists' }
  /** Free space or export; nothing was written. */
  | { readonly kind: 'quota' }
  /** The browser's store cannot be opened; nothing was deleted. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** A row that was to be written does not fit its schema: nothing was written. */
  | { readonly kind: 'invalid-row'; readonly table: TableName; readonly detail: string }
  /** The call makes no sense as it is, such as a cursor of another query or too many rows: nothing was done. */
  | { readonly kind: 'invalid-request'; readonly detail: string }
  /** The file is not a backup of ours, or is damaged, or from a newer version. Nothing was changed. */
  | { readonly kind: 'bad-backup'; readonly reason: 'not-a-backup' | 'damaged' | 'newer-version' };

export type VaultWrite = {
  [T in TableName]:
    | { readonly op: 'put'; readonly table: T; readonly row: RecordOf<T> }
    | { readonly op: 'delete'; readonly table: T; readonly id: string };
}[TableName];

export interface VaultRows<T extends TableName> {
  readonly rows: readonly RecordOf<T>[];
  /** Ids of rows that did not decrypt or parse; they are set aside, the rest works. */
  readonly quarantined: readonly string[];
}

/** The part of the vault that rooms with something to keep may use. */
export interface RecordStore {
  list<T extends TableName>(table: T): Promise<Result<VaultRows<T>, VaultError>>;
  get<T extends TableName>(table: T, id: string): Promise<Result<RecordOf<T> | undefined, VaultError>>;
  /** All of it or none of it, in one transaction. Typed arrays are copied, not moved. */
  write(writes: readonly VaultWrite[]): Promise<Result<void, VaultError>>;
}
