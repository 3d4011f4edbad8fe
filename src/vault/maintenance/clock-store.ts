import type { Dexie, Table } from 'dexie';
import * as v from 'valibot';
import { type ClockRecord, ClockRecordSchema } from './clock-guard';

const ID = 'clock';

/** Where the keys database (strict durability) keeps what is known of the device's clock. */
export class ClockStore {
  readonly #meta: Table<unknown, string>;

  constructor(database: Dexie) {
    this.#meta = database.table('meta');
  }

  /** `undefined` where there is none, or a damaged one. */
  async read(): Promise<ClockRecord | undefined> {
    const parsed = v.safeParse(ClockRecordSchema, await this.#meta.get(ID));
    return parsed.success ? parsed.output : undefined;
  }

  async write(record: ClockRecord): Promise<void> {
    await this.#meta.put({ id: ID, ...record });
  }
}
