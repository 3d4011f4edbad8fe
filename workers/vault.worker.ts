import { expose } from 'comlink';
import type { VaultContract } from '../src/bridge/vault-contract';
import { Vault } from '../src/vault/vault';

class VaultEndpoint extends Vault implements VaultContract {
  connect(port: MessagePort): void {
    expose(this, port);
  }
}

expose(new VaultEndpoint(), self);
