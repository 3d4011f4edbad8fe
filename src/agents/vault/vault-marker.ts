import { type PlainStorage, readJson, removeJson, writeJson } from '../../config/stored-json';
import type { VaultStatus } from '../../vault/vault-types';
import type { EchoState } from '../echo-state';

const KEY = 'claude-echo.vault-exists';

/**
 * Remembers, outside the store that the browser may evict, that there is a vault: that and nothing else. Without
 * it a vault that vanished would look like one that was never made, and Echo would start empty without a word.
 */
export class VaultMarker {
  readonly #storage: PlainStorage;

  /** @param storage of the person whose vault it is */
  constructor(storage: PlainStorage) {
    this.#storage = storage;
  }

  /** The state of the vault as the page shows it; a vault that is there is remembered. */
  shown(status: VaultStatus): EchoState['vault'] {
    const wasThere = readJson(this.#storage, KEY) === true;
    if (status.kind === 'absent') return { kind: 'absent', wasLost: wasThere };
    if (!wasThere) writeJson(this.#storage, KEY, true);
    return status;
  }

  /** The vault was deleted because somebody wanted it. */
  forget(): void {
    removeJson(this.#storage, KEY);
  }
}
