import type { Clock } from '../core/clock';
import type { KeyRing } from './keys/key-ring';
import type { KeyStore } from './keys/key-store';
import type { Ownership, RowStore } from './rows/row-store';

/** The two databases of a vault. */
export interface VaultStores {
  readonly keys: KeyStore;
  readonly rows: RowStore;
}

/** An open vault, for the rooms of the vault that build on it. Never kept beyond the call it was given to. */
export interface VaultSession extends VaultStores {
  readonly ring: KeyRing;
  readonly owner: Ownership;
  readonly clock: Clock;
}
