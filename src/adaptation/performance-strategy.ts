import type { JsonObject } from '../core/json';
import { err, ok, type Result } from '../core/result';
import {
  type ActionChange,
  type AdaptationAction,
  type AdaptationContext,
  AdaptationStrategy,
  type AppliedAction,
} from './adaptation-strategy';
import { METRICS } from './usage-evidence';

export interface CacheSettings {
  /** Entries. */
  readonly capacity: number;
  readonly ttlSeconds: number;
}

/** What the strategy may turn, and nothing else. Changes answer with what is in force then. */
export interface PerformancePorts {
  readonly cache: {
    read(): Promise<CacheSettings>;
    change(to: CacheSettings): Promise<Result<CacheSettings, string>>;
  };
  readonly concurrency: {
    /** Analyses that may run at one time. */
    read(): number;
    change(maxWorkers: number): Result<number, string>;
  };
}

const SLOW_SECONDS = 3;
const MANY_ERRORS = 0.05;
const POOR_HIT_RATE = 0.8;
const CACHE_GROWTH = 2;
const CACHE_TTL_SECONDS = 3_600;
/** A cache beyond this costs a phone more memory than the look-ups are worth. */
export const LARGEST_CACHE = 16_000;
const MANY_REQUESTS = 10;
const MOST_WORKERS = 20;

/** Gives the cache more room and the analyses more workers where they are short of them, up to a bound. */
export class PerformanceStrategy extends AdaptationStrategy {
  readonly name = 'performance';
  readonly type = 'performance-optimization';
  readonly description = 'More room for the cache and more workers where answers come late or fail';
  readonly #ports: PerformancePorts;

  constructor(ports: PerformancePorts) {
    super();
    this.#ports = ports;
  }

  analyzeApplicability({ performance, userComplaints }: AdaptationContext): number {
    const { averageResponseSeconds = 0, errorRate = 0 } = performance;
    let score = 0;
    if (averageResponseSeconds > SLOW_SECONDS) score += 0.4;
    if (errorRate > MANY_ERRORS) score += 0.3;
    if (userComplaints > 0) score += 0.3;
    return Math.min(score, 1);
  }

  async generateActions({ performance }: AdaptationContext): Promise<readonly AdaptationAction[]> {
    const actions: AdaptationAction[] = [];
    const { cacheHitRate = 1, concurrentRequests = 0 } = performance;
    const metric = METRICS['operation-seconds'];
    const { capacity } = await this.#ports.cache.read();
    if (cacheHitRate < POOR_HIT_RATE && capacity < LARGEST_CACHE) {
      actions.push({
        kind: 'cache-optimization',
        parameters: { sizeMultiplier: CACHE_GROWTH, ttlSeconds: CACHE_TTL_SECONDS },
        expectedImpact: 0.3,
        setting: 'learning.dataManager.cacheSize',
        reason: { kind: 'cache-misses', evidence: { share: 1 - cacheHitRate, capacity } },
        metric,
      });
    }
    const maxWorkers = Math.min(concurrentRequests * 2, MOST_WORKERS);
    if (concurrentRequests > MANY_REQUESTS && maxWorkers > this.#ports.concurrency.read()) {
      actions.push({
        kind: 'concurrency-optimization',
        parameters: { maxWorkers },
        expectedImpact: 0.2,
        setting: 'performance.maxConcurrency',
        reason: { kind: 'many-requests', evidence: { count: concurrentRequests } },
        metric,
      });
    }
    return actions;
  }

  /** Both are in the configuration, which outlasts the page, and which anybody may have changed meanwhile. */
  override async resumeAction({ kind, after }: AppliedAction): Promise<boolean> {
    const { cache, concurrency } = this.#ports;
    return kind === 'cache-optimization'
      ? (await cache.read()).capacity === after['capacity']
      : concurrency.read() === after['maxWorkers'];
  }

  protected async applyAction({ kind, parameters }: AdaptationAction): Promise<Result<ActionChange, string>> {
    const { cache, concurrency } = this.#ports;
    if (kind === 'cache-optimization') {
      const before = await cache.read();
      const wanted = Math.round(before.capacity * numberAt(parameters, 'sizeMultiplier', CACHE_GROWTH));
      const changed = await cache.change({
        capacity: Math.min(wanted, LARGEST_CACHE),
        ttlSeconds: numberAt(parameters, 'ttlSeconds', CACHE_TTL_SECONDS),
      });
      return changed.ok ? ok({ before: { ...before }, after: { ...changed.value } }) : changed;
    }
    if (kind === 'concurrency-optimization') {
      const before = concurrency.read();
      const changed = concurrency.change(Math.min(numberAt(parameters, 'maxWorkers', before), MOST_WORKERS));
      return changed.ok
        ? ok({ before: { maxWorkers: before }, after: { maxWorkers: changed.value } })
        : changed;
    }
    return err(`unknown action ${kind}`);
  }

  protected async undoAction({ kind, before }: AppliedAction): Promise<Result<void, string>> {
    const { cache, concurrency } = this.#ports;
    if (kind === 'cache-optimization') {
      const now = await cache.read();
      const reverted = await cache.change({
        capacity: numberAt(before, 'capacity', now.capacity),
        ttlSeconds: numberAt(before, 'ttlSeconds', now.ttlSeconds),
      });
      return reverted.ok ? ok(undefined) : reverted;
    }
    if (kind === 'concurrency-optimization') {
      const reverted = concurrency.change(numberAt(before, 'maxWorkers', concurrency.read()));
      return reverted.ok ? ok(undefined) : reverted;
    }
    return err(`unknown action ${kind}`);
  }
}

function numberAt(object: JsonObject, name: string, otherwise: number): number {
  const value = object[name];
  return typeof value === 'number' ? value : otherwise;
}
