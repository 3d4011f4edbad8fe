import type { PerformancePorts } from '../../adaptation/performance-strategy';
import type { ConfigManager } from '../../config/config-manager';
import type { ConfigError } from '../../config/configuration';
import type { ConcurrencyLimit } from '../../core/concurrency-limit';
import { err, ok, type Result } from '../../core/result';
import type { LearningStore } from '../../vault/learning-data/learning-store';

interface Turned {
  readonly config: ConfigManager;
  readonly store: Pick<LearningStore, 'resizeCache'>;
  readonly limit: ConcurrencyLimit;
}

/** Puts the cache of the vault at what the configuration says. */
export async function applyCacheSettings({ config, store }: Turned): Promise<void> {
  const { cacheSize, cacheTtlSeconds } = config.get('learning.dataManager');
  await store.resizeCache(cacheSize, cacheTtlSeconds);
}

/**
 * What the performance strategy may turn: the size of the vault's cache and the number of analyses at one time.
 * Both go through the configuration, so that an adaptation lasts, is explained there, and is checked like any other
 * setting.
 */
export function performancePorts(turned: Turned): PerformancePorts {
  const { config, store, limit } = turned;
  return {
    cache: {
      read: async () => {
        const { cacheSize, cacheTtlSeconds } = config.get('learning.dataManager');
        return { capacity: cacheSize, ttlSeconds: cacheTtlSeconds };
      },
      change: async ({ capacity, ttlSeconds }) => {
        const settings = config.get('learning.dataManager');
        const set = config.set('learning.dataManager', {
          ...settings,
          cacheSize: capacity,
          cacheTtlSeconds: ttlSeconds,
        });
        if (!set.ok) return refused(set.error);
        const report = await store.resizeCache(capacity, ttlSeconds);
        return ok({ capacity: report.capacity, ttlSeconds: report.ttlSeconds });
      },
    },
    concurrency: {
      read: () => limit.most,
      change: (maxWorkers) => {
        const set = config.set('performance.maxConcurrency', maxWorkers);
        if (!set.ok) return refused(set.error);
        limit.resize(maxWorkers);
        return ok(limit.most);
      },
    },
  };
}

const refused = (error: ConfigError): Result<never, string> =>
  err(`the configuration answered ${error.kind}`);
