import { expose } from 'comlink';
import type { VaultContract } from '../src/bridge/vault-contract';
import { spaceOfVaultWorker } from '../src/bridge/vault-worker-name';
import { systemClock } from '../src/core/clock';
import { err, type Result } from '../src/core/result';
import type { LearningDataManager } from '../src/vault/learning-data/learning-data-manager';
import type { LearningStore } from '../src/vault/learning-data/learning-store';
import type { UpkeepSettings, VaultEvent } from '../src/vault/maintenance/upkeep-state';
import { Vault, type VaultOptions } from '../src/vault/vault';
import { vaultErrorOf } from '../src/vault/vault-failure';
import type { VaultError } from '../src/vault/vault-types';

declare const self: DedicatedWorkerGlobalScope;

type Answer<T> = Promise<Result<T, VaultError>>;
type LearningCall<Name extends keyof LearningStore> = LearningStore[Name];

/**
 * Thin entry: one vault, and what builds on it, for as long as this worker lives. What a vault needs only once it
 * is open loads when it is first used, and calls that wait for it go on in the order they were made.
 */
class VaultEndpoint extends Vault implements VaultContract {
  readonly #learning = once(async () => {
    const module = await import('../src/vault/learning-data/learning-data-manager');
    return new module.LearningDataManager(this);
  });
  readonly #listeners: MessagePort[] = [];
  readonly #upkeep = once(async () => {
    const module = await import('../src/vault/maintenance/upkeep');
    this.#hasUpkeep = true;
    return new module.Upkeep(this, systemClock, (event) => this.#tell(event));
  });
  #hasUpkeep = false;

  constructor(options: VaultOptions) {
    super(options);
    // From then on upkeep tells it.
    this.onLock(() => {
      if (!this.#hasUpkeep) this.#tell({ kind: 'closed' });
    });
  }

  readonly storeLearningData: LearningCall<'storeLearningData'> = (data) =>
    this.#withLearning((learning) => learning.storeLearningData(data));
  readonly retrieveLearningData: LearningCall<'retrieveLearningData'> = (query) =>
    this.#withLearning((learning) => learning.retrieveLearningData(query));
  readonly forgetLearningData: LearningCall<'forgetLearningData'> = (what) =>
    this.#withLearning((learning) => learning.forgetLearningData(what));
  readonly learningDataStatistics: LearningCall<'learningDataStatistics'> = (userId) =>
    this.#withLearning((learning) => learning.learningDataStatistics(userId));
  readonly cacheReport: LearningCall<'cacheReport'> = async () => (await this.#learning()).cacheReport();
  readonly resizeCache: LearningCall<'resizeCache'> = async (capacity, ttlSeconds) =>
    (await this.#learning()).resizeCache(capacity, ttlSeconds);

  async configureUpkeep(settings: UpkeepSettings): Promise<void> {
    (await this.#upkeep()).configure(settings);
  }

  connectEvents(port: MessagePort): void {
    this.#listeners.push(port);
  }

  connect(port: MessagePort): void {
    expose(this, port);
  }

  #tell(event: VaultEvent): void {
    for (const port of this.#listeners) port.postMessage(event);
  }

  async #withLearning<T>(ask: (learning: LearningDataManager) => Answer<T>): Answer<T> {
    let learning: LearningDataManager;
    try {
      learning = await this.#learning();
    } catch (failure) {
      return err(vaultErrorOf(failure));
    }
    return ask(learning);
  }
}

/** Answers always with the one that was made first; after a failure the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((failure: unknown) => {
      made = undefined;
      throw failure;
    });
    return made;
  };
}

expose(new VaultEndpoint({ name: spaceOfVaultWorker(self.name) }), self);
