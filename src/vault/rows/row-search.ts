import type { Table } from 'dexie';
import type { Bytes } from '../crypto/associated-data';

/** Rows to be read together: those that carry a token, or those of a whole day. */
export type RowSelection = { readonly tokens: readonly Bytes[] } | { readonly day: number };

/** Which way along the days a search goes. */
export type DayDirection = 'earlier' | 'later';

/**
 * Looks into one table of sealed rows and its indexes, inside a transaction of the caller's. Rows come as they are
 * stored: unchecked.
 */
export class RowSearch {
  readonly #rows: Table<unknown, string>;

  constructor(rows: Table<unknown, string>) {
    this.#rows = rows;
  }

  async all(): Promise<readonly unknown[]> {
    return await this.#rows.toArray();
  }

  async one(id: string): Promise<unknown> {
    return await this.#rows.get(id);
  }

  async many(ids: readonly string[]): Promise<readonly unknown[]> {
    return await this.#rows.bulkGet([...ids]);
  }

  async selected(selection: RowSelection): Promise<readonly unknown[]> {
    if ('day' in selection) return await this.#rows.where('day').equals(selection.day).toArray();
    // A row carries tokens of one index key, so no row is found under two of them.
    const found = await Promise.all(
      selection.tokens.map((token) => this.#rows.where('tokens').equals(token).toArray()),
    );
    return found.flat();
  }

  /** The nearest day with rows, `day` itself included. One step in the index, however many rows a day has. */
  async nearestDay(day: number, direction: DayDirection): Promise<number | undefined> {
    const index = this.#rows.where('day');
    const days = direction === 'later' ? index.aboveOrEqual(day) : index.belowOrEqual(day).reverse();
    const [nearest] = await days.limit(1).keys();
    return typeof nearest === 'number' ? nearest : undefined;
  }

  /** The furthest day with rows in a direction. */
  lastDay(direction: DayDirection): Promise<number | undefined> {
    return direction === 'later'
      ? this.nearestDay(Number.MAX_SAFE_INTEGER, 'earlier')
      : this.nearestDay(0, 'later');
  }

  /** Every day that has rows, in order. Costs a look-up a day, however many rows it has. */
  async occupiedDays(): Promise<readonly number[]> {
    const days: number[] = [];
    let day = await this.nearestDay(0, 'later');
    while (day !== undefined) {
      days.push(day);
      day = await this.nearestDay(day + 1, 'later');
    }
    return days;
  }

  /** Rows of the days `from` to `to`, both included; at most `limit`, the earliest days first. */
  async ofDays(
    days: { readonly from: number; readonly to: number },
    limit: number,
  ): Promise<readonly unknown[]> {
    return await this.#rows.where('day').between(days.from, days.to, true, true).limit(limit).toArray();
  }

  /** At most `limit` rows in the order of their ids, after `afterId`. */
  async page(afterId: string | undefined, limit: number): Promise<readonly unknown[]> {
    const after = afterId === undefined ? this.#rows.toCollection() : this.#rows.where(':id').above(afterId);
    return await after.limit(limit).toArray();
  }

  /** At most `limit` ids of rows sealed under a key, in the order of ids, after the first `skip`. */
  async idsOnKey(keyId: string, limit: number, skip: number): Promise<readonly string[]> {
    return await this.#rows.where('keyId').equals(keyId).offset(skip).limit(limit).primaryKeys();
  }

  async countOnKey(keyId: string): Promise<number> {
    return await this.#rows.where('keyId').equals(keyId).count();
  }

  /** Ids of rows that carry any of the tokens, each once. */
  async idsWithTokens(tokens: readonly Bytes[]): Promise<readonly string[]> {
    const ids = await Promise.all(
      tokens.map((token) => this.#rows.where('tokens').equals(token).primaryKeys()),
    );
    return [...new Set(ids.flat())];
  }
}
