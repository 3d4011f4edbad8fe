import { expose } from 'comlink';
import type { VaultContract } from '../src/bridge/vault-contract';
import { spaceOfVaultWorker } from '../src/bridge/vault-worker-name';
import { systemClock } from '../src/core/clock';
import { LearningDataManager } from '../src/vault/learning-data/learning-data-manager';
import type { LearningStore } from '../src/vault/learning-data/learning-store';
import { Upkeep } from '../src/vault/maintenance/upkeep';
import type { UpkeepSettings } from '../src/vault/maintenance/upkeep-state';
import { Vault } from '../src/vault/vault';

declare const self: DedicatedWorkerGlobalScope;

type LearningCall<Name extends keyof LearningStore> = LearningStore[Name];

/** Thin entry: one vault, and what builds on it, for as long as this worker lives. */
class VaultEndpoint extends Vault implements VaultContract {
  readonly #learning = new LearningDataManager(this);
  readonly #listeners: MessagePort[] = [];
  readonly #upkeep = new Upkeep(this, systemClock, (event) => {
    for (const port of this.#listeners) port.postMessage(event);
  });

  readonly storeLearningData: LearningCall<'storeLearningData'> = (data) =>
    this.#learning.storeLearningData(data);
  readonly retrieveLearningData: LearningCall<'retrieveLearningData'> = (query) =>
    this.#learning.retrieveLearningData(query);
  readonly forgetLearningData: LearningCall<'forgetLearningData'> = (what) =>
    this.#learning.forgetLearningData(what);
  readonly learningDataStatistics: LearningCall<'learningDataStatistics'> = (userId) =>
    this.#learning.learningDataStatistics(userId);
  readonly cacheReport: LearningCall<'cacheReport'> = () => this.#learning.cacheReport();
  readonly resizeCache: LearningCall<'resizeCache'> = (capacity, ttlSeconds) =>
    this.#learning.resizeCache(capacity, ttlSeconds);

  async configureUpkeep(settings: UpkeepSettings): Promise<void> {
    this.#upkeep.configure(settings);
  }

  connectEvents(port: MessagePort): void {
    this.#listeners.push(port);
  }

  connect(port: MessagePort): void {
    expose(this, port);
  }
}

expose(new VaultEndpoint({ name: spaceOfVaultWorker(self.name) }), self);
