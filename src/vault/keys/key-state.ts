import type { DataPrivacyLevel } from '../../learning/data-privacy-level';

/** What can be told about the keys of an open vault without telling a key. */
export interface KeyState {
  readonly levels: readonly {
    readonly level: DataPrivacyLevel;
    readonly keyId: string;
    readonly createdAt: number;
    /** Never less than the encryptions done under it. */
    readonly encryptions: number;
    /** When it is due to be replaced. */
    readonly rotatesAt: number;
  }[];
  /** Keys that only open older rows, until those are sealed anew. */
  readonly retired: readonly {
    readonly keyId: string;
    readonly level: DataPrivacyLevel;
    readonly rowsLeft: number;
    /** Rows that do not decrypt: they stay, and so does their key. */
    readonly unreadable: number;
  }[];
}

/** What one step of upkeep did. Steps are small; `isMore` asks for another. */
export interface UpkeepReport {
  readonly resealed: number;
  readonly droppedKeys: number;
  readonly expired: number;
  readonly isMore: boolean;
}
