import type { Table } from 'dexie';
import type { TableName } from '../../learning/records';
import type { Tally } from './row-schema';
import { tableNames } from './table-levels';

/**
 * How many rows each table has, counted as they come and go, because IndexedDB counts a million one by one; and
 * the generation of each, by which whoever keeps answers knows that they are out of date.
 */
export class RowTallies {
  readonly #tallies: Table<Tally, string>;

  constructor(tallies: Table<Tally, string>) {
    this.#tallies = tallies;
  }

  /** Differs after every write to the table, in whichever tab. */
  async generation(table: TableName): Promise<number> {
    return (await this.#tallies.get(table))?.generation ?? 0;
  }

  /** Counts a write to the table, inside its transaction. @returns its generation from now on */
  async count(table: TableName, more: number): Promise<number> {
    const tally = await this.#tallies.get(table);
    const generation = (tally?.generation ?? 0) + 1;
    await this.#tallies.put({ table, rows: (tally?.rows ?? 0) + more, generation });
    return generation;
  }

  /** Counts anew after every row of the table was replaced, inside its transaction. */
  async restart(table: TableName, rows: number): Promise<void> {
    await this.#tallies.put({ table, rows, generation: (await this.generation(table)) + 1 });
  }

  async all(): Promise<Readonly<Record<TableName, number>>> {
    const tallies = new Map((await this.#tallies.toArray()).map(({ table, rows }) => [table, rows]));
    return Object.fromEntries(tableNames.map((table) => [table, tallies.get(table) ?? 0])) as Record<
      TableName,
      number
    >;
  }
}
