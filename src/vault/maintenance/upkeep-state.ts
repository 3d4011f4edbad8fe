import type { VaultError } from '../vault-types';

/** How the vault is kept up while it is open. */
export interface UpkeepSettings {
  /** Days after which what was observed and heard is deleted. */
  readonly retentionDays: number;
  /** Age at which a data key is replaced. */
  readonly rotationDays: number;
  /** Time between two rounds. */
  readonly intervalMs: number;
}

export type UpkeepTaskName = 'rotation' | 'retention';

/** What a round did so far. */
export interface UpkeepProgress {
  /** Rows sealed anew under a newer key. */
  readonly resealed: number;
  readonly droppedKeys: number;
  /** Rows deleted because their time was over. */
  readonly expired: number;
}

/** What upkeep does now. Rounds with nothing to do go by without a word. */
export type UpkeepState =
  | {
      readonly kind: 'idle';
      /** The last round that ended since the vault was opened. */
      readonly last: (UpkeepProgress & { readonly endedAt: number }) | undefined;
    }
  | ({ readonly kind: 'running'; readonly task: UpkeepTaskName } & UpkeepProgress)
  /** The last round was given up; the next one tries again. */
  | { readonly kind: 'failed'; readonly error: VaultError };

/** What the vault worker tells by itself. */
export type VaultEvent =
  | { readonly kind: 'upkeep'; readonly state: UpkeepState }
  /** Interactions that were heard before this moment were deleted, with their sound. */
  | { readonly kind: 'expired'; readonly beforeMs: number }
  /** The keys left memory: it was locked or deleted, or its store is gone. */
  | { readonly kind: 'closed' };
