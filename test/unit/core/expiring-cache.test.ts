import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpiringCache } from '../../../src/core/expiring-cache';
import { monotonicMs } from '../../../src/core/units';

const TTL_MS = 100;

function cacheAt(capacity: number) {
  let nowMs = 0;
  const cache = new ExpiringCache<number>({
    capacity,
    ttlMs: TTL_MS,
    clock: { monotonic: () => monotonicMs(nowMs) },
  });
  return { cache, pass: (ms: number) => (nowMs += ms) };
}

/** The plainest cache that could be right: a list in the order of use. */
class ModelCache {
  #entries: { key: string; value: number; weight: number; expiresAt: number }[] = [];
  nowMs = 0;

  constructor(public capacity: number) {}

  get(key: string): number | undefined {
    const entry = this.#entries.find((each) => each.key === key);
    if (entry === undefined || entry.expiresAt <= this.nowMs) return undefined;
    this.#entries = [...this.#entries.filter((each) => each !== entry), entry];
    return entry.value;
  }

  set(key: string, value: number, weight: number): void {
    this.delete(key);
    if (weight > this.capacity) return;
    this.#entries.push({ key, value, weight, expiresAt: this.nowMs + TTL_MS });
    this.trim();
  }

  delete(key: string): void {
    this.#entries = this.#entries.filter((each) => each.key !== key);
  }

  clear(): void {
    this.#entries = [];
  }

  trim(): void {
    while (this.#entries.reduce((sum, { weight }) => sum + weight, 0) > this.capacity) this.#entries.shift();
  }
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('get' as const), key }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('set' as const),
      key,
      value: fc.nat(9),
      weight: fc.integer({ min: 1, max: 5 }),
    }),
  },
  fc.record({ op: fc.constant('delete' as const), key }),
  fc.record({ op: fc.constant('resize' as const), capacity: fc.nat(8) }),
  fc.record({ op: fc.constant('clear' as const) }),
);

describe('ExpiringCache', () => {
  it('keeps what a plain list in the order of use would keep', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const { cache } = cacheAt(6);
        const model = new ModelCache(6);
        for (const step of steps) {
          if (step.op === 'get') expect(cache.get(step.key)).toBe(model.get(step.key));
          else if (step.op === 'set') {
            cache.set(step.key, step.value, step.weight);
            model.set(step.key, step.value, step.weight);
          } else if (step.op === 'delete') {
            cache.delete(step.key);
            model.delete(step.key);
          } else if (step.op === 'clear') {
            cache.clear();
            model.clear();
          } else {
            cache.resize(step.capacity);
            model.capacity = step.capacity;
            model.trim();
          }
          expect(cache.weight).toBeLessThanOrEqual(cache.capacity);
        }
        for (const each of ['a', 'b', 'c', 'd', 'e']) expect(cache.get(each)).toBe(model.get(each));
      }),
      { numRuns: 500 },
    );
  });

  it('gives nothing that is older than its time to live, however often it was read', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.record({ key, ms: fc.constant(0), isSet: fc.boolean() }),
            fc.record({ key, ms: fc.nat(60), isSet: fc.constant(false) }),
          ),
        ),
        (steps) => {
          const { cache, pass } = cacheAt(100);
          const setAt = new Map<string, number>();
          let nowMs = 0;
          for (const { key: name, ms, isSet } of steps) {
            nowMs += ms;
            pass(ms);
            if (isSet) {
              cache.set(name, nowMs);
              setAt.set(name, nowMs);
            }
            const at = setAt.get(name);
            expect(cache.get(name)).toBe(at !== undefined && nowMs - at < TTL_MS ? at : undefined);
          }
        },
      ),
    );
  });

  it('lets go of what expired, also of what nobody asks for again', () => {
    const { cache, pass } = cacheAt(100);
    for (const name of ['a', 'b', 'c']) cache.set(name, 1);
    pass(TTL_MS);
    cache.set('d', 1);
    expect([cache.size, cache.weight]).toEqual([1, 1]);
  });

  it('does not throw out everything for one entry that does not fit at all', () => {
    const { cache } = cacheAt(5);
    cache.set('a', 1, 3);
    cache.set('b', 2, 6);
    expect([cache.get('a'), cache.get('b')]).toEqual([1, undefined]);
  });
});
