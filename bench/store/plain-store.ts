import { Dexie, type Table } from 'dexie';
import { newId } from '../../src/core/ids';
import type { LearningData } from '../../src/learning/learning-data';
import type { NewLearningData } from '../../src/vault/learning-data/learning-store';
import { PAGE_ROWS, type Question } from './observations';

/** What the vault is compared with: Dexie alone, rows as they are, the five indexes of a plain store. */
export class PlainStore {
  readonly #database: Dexie;
  readonly #rows: Table<LearningData, string>;

  constructor(name: string) {
    this.#database = new Dexie(name, { cache: 'disabled', chromeTransactionDurability: 'relaxed' });
    this.#database.version(1).stores({
      rows: 'id, userId, createdAt, dataType, qualityScore, [userId+dataType+createdAt]',
    });
    this.#rows = this.#database.table('rows');
  }

  async store(data: readonly (NewLearningData & { readonly createdAt: number })[]): Promise<void> {
    const rows = data.map((row): LearningData => ({ ...row, id: newId(), qualityScore: 1 }));
    await this.#rows.bulkPut(rows);
  }

  /** Everything, newest first, page by page. */
  async readAll(pageRows: number): Promise<number> {
    let read = 0;
    let before = Number.POSITIVE_INFINITY;
    for (;;) {
      const page = await this.#rows.where('createdAt').below(before).reverse().limit(pageRows).toArray();
      const last = page.at(-1);
      if (last === undefined) return read;
      read += page.length;
      before = last.createdAt;
    }
  }

  async ask({ userId, dataType, from, until }: Question): Promise<number> {
    const rows = await this.#rows
      .where('[userId+dataType+createdAt]')
      .between([userId, dataType, from], [userId, dataType, until])
      .reverse()
      .limit(PAGE_ROWS)
      .toArray();
    return rows.length;
  }

  async delete(): Promise<void> {
    await this.#database.delete();
  }
}
