/** A key for HMAC-SHA-256 under the id it is stored by. */
export interface AuditKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/** What an open vault seals and chains its audit log with. */
export interface AuditKeys {
  readonly vaultId: string;
  /** For what is written from now on. */
  readonly active: AuditKey;
  /** The active one, and those that entries from before it was made can be checked with. */
  readonly all: readonly AuditKey[];
}
