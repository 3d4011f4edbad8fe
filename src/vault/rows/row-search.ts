import type { Table } from 'dexie';
import type { Bytes } from '../crypto/associated-data';

/** Rows to be read together: those that carry a token, or those of a whole day. */
export type RowSelection = { readonly tokens: readonly Bytes[] } | { readonly day: number };

/** Which way along the days a search goes. */
export type DayDirection = 'earlier' | 'later';

/** Looks into the indexes of one table of sealed rows, inside a transaction of the caller's. */
export class RowSearch {
  readonly #rows: Table<unknown, string>;

  constructor(rows: Table<unknown, string>) {
    this.#rows = rows;
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

  async occupiedDays(): Promise<readonly number[]> {
    const days: number[] = [];
    let day = await this.nearestDay(0, 'later');
    while (day !== undefined) {
      days.push(day);
      day = await this.nearestDay(day + 1, 'later');
    }
    return days;
  }

  /** Ids of rows that carry any of the tokens, each once. */
  async idsWithTokens(tokens: readonly Bytes[]): Promise<readonly string[]> {
    const ids = await Promise.all(
      tokens.map((token) => this.#rows.where('tokens').equals(token).primaryKeys()),
    );
    return [...new Set(ids.flat())];
  }
}
