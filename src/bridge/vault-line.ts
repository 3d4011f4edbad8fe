import { wrap } from 'comlink';
import { assert } from '../core/assert';
import type { RecordStore } from '../vault/vault-types';
import type { VaultContract } from './vault-contract';

/** A worker's line to the vault worker, before and after the page has connected it. */
export class VaultLine implements RecordStore {
  #vault: RecordStore | undefined;

  connect(port: MessagePort): void {
    // Comlink's `Remote` adds another Promise around what are Promises already.
    this.#vault = wrap<VaultContract>(port) as unknown as RecordStore;
  }

  readonly list: RecordStore['list'] = (table) => this.#connected().list(table);
  readonly get: RecordStore['get'] = (table, id) => this.#connected().get(table, id);
  readonly write: RecordStore['write'] = (writes) => this.#connected().write(writes);

  #connected(): RecordStore {
    assert(this.#vault !== undefined, 'the vault is connected before it is used');
    return this.#vault;
  }
}
