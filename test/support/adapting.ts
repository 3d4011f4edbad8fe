import type { LearntPreferences } from '../../src/adaptation/adaptation-strategy';
import type { CacheSettings } from '../../src/adaptation/performance-strategy';
import { adaptedSettings } from '../../src/agents/adapted-settings';
import { AdaptationAgent, type AdaptationView } from '../../src/agents/learning/adaptation-agent';
import { defaultSettings } from '../../src/config/settings';
import { SettingsLayers } from '../../src/config/settings-layers';
import { ConcurrencyLimit } from '../../src/core/concurrency-limit';
import type { UserId } from '../../src/core/ids';
import type { Random } from '../../src/core/random';
import { ok } from '../../src/core/result';
import { EventSystem } from '../../src/events/event-system';
import type { LearningEventMap } from '../../src/events/learning-event';
import type { LearningEventFactory } from '../../src/events/learning-event-factory';
import type { LearningData } from '../../src/learning/learning-data';
import type { StoredModel } from '../../src/learning/records';
import { LearningSystemMetrics } from '../../src/metrics/learning-system-metrics';
import type { VaultWrite } from '../../src/vault/vault-types';
import type { ManualClock } from './manual-clock';

/** What a vault keeps of learning: rows, in memory. */
export class KeptRows {
  readonly models = new Map<string, StoredModel>();
  readonly data: LearningData[] = [];

  async get(_table: string, id: string) {
    return ok(structuredClone(this.models.get(id)) as never);
  }

  async write(writes: readonly VaultWrite[]) {
    for (const write of writes)
      if (write.op === 'put' && write.table === 'models')
        this.models.set(write.row.id, structuredClone(write.row));
    return ok(undefined);
  }

  async list() {
    return ok({ rows: [...this.models.values()] as never, quarantined: [] });
  }

  async retrieveLearningData({ limit = 100 }) {
    return ok({ rows: this.data.toReversed().slice(0, limit), nextCursor: undefined, quarantined: [] });
  }
}

/** Somebody has to be told; nobody listens. */
export const quietLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

interface Options {
  readonly userId: UserId;
  readonly clock: ManualClock;
  readonly factory: LearningEventFactory;
  readonly kept?: KeptRows;
  readonly layers?: SettingsLayers;
  readonly random?: Random;
  readonly preferences?: () => LearntPreferences;
}

/** The adaptation agent over a cache that has been asked so often, and a limit that was never in force. */
export function adapting({
  userId,
  clock,
  factory,
  kept = new KeptRows(),
  layers = new SettingsLayers(defaultSettings),
  random = () => 0.5,
  preferences = () => ({}),
}: Options) {
  const limit = new ConcurrencyLimit(2);
  const cache = {
    capacity: 10,
    ttlSeconds: 300,
    entries: 0,
    rows: 0,
    hits: 0,
    misses: 0,
    hitRate: undefined,
  };
  const shown: AdaptationView[] = [];
  const agent = new AdaptationAgent({
    clock,
    logger: quietLogger,
    metrics: new LearningSystemMetrics(clock),
    events: new EventSystem<LearningEventMap, 'handler-failed'>({
      failureType: 'handler-failed',
      createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
      onUnreportedFailure: () => undefined,
    }),
    factory,
    store: {
      cacheReport: async () => ({ ...cache }),
      get: (table, id) => kept.get(table, id),
      write: (writes) => kept.write(writes),
      retrieveLearningData: (query) => kept.retrieveLearningData(query),
    },
    limit,
    ports: {
      cache: {
        read: async () => ({ capacity: cache.capacity, ttlSeconds: cache.ttlSeconds }),
        change: async (to: CacheSettings) => {
          Object.assign(cache, to);
          return ok(to);
        },
      },
      concurrency: {
        read: () => limit.most,
        change: (maxWorkers) => {
          limit.resize(maxWorkers);
          return ok(limit.most);
        },
      },
    },
    userId: () => userId,
    settings: adaptedSettings(layers, () => undefined),
    backend: () => 'wasm',
    device: () => ({}),
    preferences,
    show: (view) => shown.push(view),
    random,
  });
  return { agent, cache, limit, kept, layers, view: () => shown.at(-1) };
}
