import { expose } from 'comlink';
import type { VaultContract } from '../src/bridge/vault-contract';
import { spaceOfVaultWorker } from '../src/bridge/vault-worker-name';
import { systemClock } from '../src/core/clock';
import { err, type Result } from '../src/core/result';
import type { LearningStore } from '../src/vault/learning-data/learning-store';
import type { UpkeepSettings, VaultEvent } from '../src/vault/maintenance/upkeep-state';
import type { Participation } from '../src/vault/participation/participation';
import { Vault, type VaultOptions } from '../src/vault/vault';
import { vaultErrorOf } from '../src/vault/vault-failure';
import type { VaultError } from '../src/vault/vault-types';

declare const self: DedicatedWorkerGlobalScope;

type Answer<T> = Promise<Result<T, VaultError>>;
type LearningCall<Name extends keyof LearningStore> = LearningStore[Name];
type InsightsCall<Name extends keyof VaultContract> = VaultContract[Name];

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
  readonly #participation: () => Promise<Participation>;

  constructor(options: VaultOptions & { readonly name: string }) {
    super(options);
    this.#participation = once(async () => {
      const module = await import('../src/vault/participation/participation');
      return new module.Participation(this, options.name, async () => (await this.#upkeep()).look());
    });
    // From then on upkeep tells it.
    this.onLock(() => {
      if (!this.#hasUpkeep) this.#tell({ kind: 'closed' });
    });
  }

  readonly storeLearningData: LearningCall<'storeLearningData'> = (data) =>
    loaded(this.#learning, (learning) => learning.storeLearningData(data));
  readonly retrieveLearningData: LearningCall<'retrieveLearningData'> = (query) =>
    loaded(this.#learning, (learning) => learning.retrieveLearningData(query));
  readonly forgetLearningData: LearningCall<'forgetLearningData'> = (what) =>
    loaded(this.#learning, (learning) => learning.forgetLearningData(what));
  readonly learningDataStatistics: LearningCall<'learningDataStatistics'> = (userId) =>
    loaded(this.#learning, (learning) => learning.learningDataStatistics(userId));
  readonly cacheReport: LearningCall<'cacheReport'> = async () => (await this.#learning()).cacheReport();
  readonly resizeCache: LearningCall<'resizeCache'> = async (capacity, ttlSeconds) =>
    (await this.#learning()).resizeCache(capacity, ttlSeconds);

  async configureUpkeep(settings: UpkeepSettings): Promise<void> {
    (await this.#upkeep()).configure(settings);
  }

  readonly viewParticipation: InsightsCall<'viewParticipation'> = (source) =>
    loaded(this.#participation, (participation) => participation.view(source));
  readonly joinInsights: InsightsCall<'joinInsights'> = (endpoint) =>
    loaded(this.#participation, (participation) => participation.join(endpoint));
  readonly leaveInsights: InsightsCall<'leaveInsights'> = () =>
    loaded(this.#participation, (participation) => participation.leave());
  readonly makeReport: InsightsCall<'makeReport'> = (source) =>
    loaded(this.#participation, (participation) => participation.makeReport(source));
  readonly dueReports: InsightsCall<'dueReports'> = (endpoint) =>
    loaded(this.#participation, (participation) => participation.due(endpoint));
  readonly settleReport: InsightsCall<'settleReport'> = (id, delivery) =>
    loaded(this.#participation, (participation) => participation.settle(id, delivery));

  connectEvents(port: MessagePort): void {
    this.#listeners.push(port);
  }

  connect(port: MessagePort): void {
    expose(this, port);
  }

  #tell(event: VaultEvent): void {
    for (const port of this.#listeners) port.postMessage(event);
  }
}

/** Asks what loads when it is first used; that it cannot be loaded is an answer as well. */
async function loaded<Part, T>(load: () => Promise<Part>, ask: (part: Part) => Answer<T>): Answer<T> {
  let part: Part;
  try {
    part = await load();
  } catch (failure) {
    return err(vaultErrorOf(failure));
  }
  return ask(part);
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
