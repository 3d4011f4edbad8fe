import type { Table } from 'dexie';
import type { TableName } from '../../learning/records';
import type { SealedRecord } from '../crypto/record-cipher';
import { type DayDirection, RowSearch } from './row-search';
import type { RowTallies } from './row-tallies';

/** What a table looks like at one moment. */
export interface TableSurvey {
  /** Differs after every write to the table, in whichever tab. */
  readonly generation: number;
  /** The nearest day that has rows, from the given one on; `undefined` when there is none. */
  readonly nearestDay: number | undefined;
}

/** One table of sealed rows whose every write is counted, inside a transaction of the caller's. */
export class CountedTable {
  /** Looks for rows. */
  readonly search: RowSearch;
  readonly #name: TableName;
  readonly #rows: Table<unknown, string>;
  readonly #tallies: RowTallies;

  constructor(name: TableName, rows: Table<unknown, string>, tallies: RowTallies) {
    this.search = new RowSearch(rows);
    this.#name = name;
    this.#rows = rows;
    this.#tallies = tallies;
  }

  /** The table's generation, and the nearest day with rows, `day` itself included. */
  async survey(day: number, direction: DayDirection): Promise<TableSurvey> {
    const [generation, nearestDay] = await Promise.all([
      this.#tallies.generation(this.#name),
      this.search.nearestDay(day, direction),
    ]);
    return { generation, nearestDay };
  }

  /** The version a row has now; `undefined` when there is none. */
  async version(id: string): Promise<number | undefined> {
    return versionOf(await this.#rows.get(id));
  }

  /**
   * Deletes rows, then puts others.
   *
   * @param fresh how many of those put take the place of none
   */
  async write(puts: readonly SealedRecord[], fresh: number, deletes: readonly string[]): Promise<void> {
    const left = await this.#delete(deletes);
    if (puts.length > 0) await this.#rows.bulkPut([...puts]);
    await this.#tallies.count(this.#name, fresh - left);
  }

  /**
   * Adds rows; fails when one of their ids exists.
   *
   * @returns the generation this write made
   */
  async add(records: readonly SealedRecord[]): Promise<number> {
    const [generation] = await Promise.all([
      this.#tallies.count(this.#name, records.length),
      this.#rows.bulkAdd([...records]),
    ]);
    return generation;
  }

  /** @returns how many of them there were */
  async remove(ids: readonly string[]): Promise<number> {
    const removed = await this.#delete(ids);
    await this.#tallies.count(this.#name, -removed);
    return removed;
  }

  /** Puts these rows in place of all there are. */
  async replaceAll(records: readonly SealedRecord[]): Promise<void> {
    await this.#rows.clear();
    await this.#rows.bulkPut([...records]);
    await this.#tallies.restart(this.#name, records.length);
  }

  async #delete(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const counts = await Promise.all(ids.map((id) => this.#rows.where(':id').equals(id).count()));
    await this.#rows.bulkDelete([...ids]);
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

/** Version number of a stored row that may be damaged. */
const versionOf = (row: unknown): number | undefined => {
  if (typeof row !== 'object' || row === null) return undefined;
  return 'version' in row && typeof row.version === 'number' ? row.version : 0;
};
