import { assert } from './assert';

/**
 * Runs `work` on every item, at most `limit` at a time, and answers in the order of the items. After a failure no
 * more is begun; what runs is waited for, and the first failure is thrown.
 */
export async function mapBounded<Item, Outcome>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  assert(limit >= 1, 'nothing would ever run', limit);
  const outcomes: Outcome[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    // All lanes take from one iterator, so each item is taken once.
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        outcomes[index] = await work(item, index);
      } catch (thrown) {
        failures.push(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return outcomes;
}
