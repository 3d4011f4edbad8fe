import type { RecordOf } from '../../learning/records';
import type { RowPlace } from '../rows/row-store';
import { idOfStored, openRow } from '../rows/sealed-rows';
import { dayOf } from '../rows/table-levels';
import type { VaultSession } from '../vault-session';

/** What grows old. Phrases, takes, notes, timers, models and profiles stay until somebody deletes them. */
const AGEING = ['learningData', 'interactions'] as const;
type Ageing = (typeof AGEING)[number];

/** Rows that one step opens: a fraction of a second, so that nobody waits for long. */
const ROWS_A_STEP = 100;

export interface RetentionStep {
  readonly learningData: number;
  readonly interactions: number;
  /** Sounds of those interactions. */
  readonly sounds: number;
  readonly isMore: boolean;
}

const momentOf: { readonly [T in Ageing]: (row: RecordOf<T>) => number } = {
  learningData: (row) => row.createdAt,
  interactions: (row) => row.heardAt,
};

/**
 * Deletes what is older than a day that was chosen, step by step. Rows are found by their clear day and opened
 * before they are deleted, because only then is it sure that the day is theirs: one that does not open stays.
 */
export class Retention {
  /** The day it is about; with another one everything is looked at again. */
  #day = 0;
  /** From which day on rows may be left to look at; `undefined` when none are. */
  #from = new Map<Ageing, number | undefined>();
  #limit: number;
  readonly #rows: number;

  constructor(rows = ROWS_A_STEP) {
    this.#rows = rows;
    this.#limit = rows;
  }

  /** @param day rows of earlier days (UTC, whole days since 1970) go */
  async step(session: VaultSession, day: number): Promise<RetentionStep> {
    if (day !== this.#day) {
      this.#day = day;
      this.#from = new Map(AGEING.map((table) => [table, 0]));
    }
    const table = AGEING.find((each) => this.#from.get(each) !== undefined);
    if (table === undefined) return { learningData: 0, interactions: 0, sounds: 0, isMore: false };
    const from = this.#from.get(table) ?? 0;
    const stored = await session.rows.ofDays(session.owner, table, { from, to: day - 1 }, this.#limit);
    const expired = await this.#expired(session, table, stored);
    const sounds = table === 'interactions' ? await soundsOf(session, expired) : [];
    const places = [...expired.map((id) => ({ table, id })), ...sounds];
    if (places.length > 0) await session.rows.commit(session.owner, [], places);
    this.#goOn(table, from, stored, expired.length);
    const isMore = AGEING.some((each) => this.#from.get(each) !== undefined);
    return {
      learningData: table === 'learningData' ? expired.length : 0,
      interactions: table === 'interactions' ? expired.length : 0,
      sounds: sounds.length,
      isMore,
    };
  }

  async #expired(
    session: VaultSession,
    table: Ageing,
    stored: readonly unknown[],
  ): Promise<readonly string[]> {
    const ids = await Promise.all(
      stored.map(async (row) => {
        const id = idOfStored(row);
        const opened = await openRow(table, id, row, session.ring);
        if (opened === undefined) return undefined;
        const momentMs = (momentOf[table] as (row: RecordOf<Ageing>) => number)(opened);
        return dayOf(momentMs) < this.#day ? id : undefined;
      }),
    );
    return ids.filter((id) => id !== undefined);
  }

  /** Rows that stay keep their places: the next look begins behind them, or reaches beyond them. */
  #goOn(table: Ageing, from: number, stored: readonly unknown[], deleted: number): void {
    if (stored.length < this.#limit) {
      this.#from.set(table, undefined);
      this.#limit = this.#rows;
    } else if (deleted === 0) {
      const last = dayOfStored(stored.at(-1)) ?? from;
      if (last > from) this.#from.set(table, last);
      else this.#limit *= 2;
    }
  }
}

/** The sounds that go with utterances. That of a take never does, whatever its id. */
async function soundsOf(
  { rows, owner }: VaultSession,
  utterances: readonly string[],
): Promise<readonly RowPlace[]> {
  const takes = await rows.many(owner, 'takes', utterances);
  const sounds = await rows.many(owner, 'audio', utterances);
  return utterances
    .filter((_, at) => takes[at] === undefined && sounds[at] !== undefined)
    .map((id) => ({ table: 'audio', id }));
}

const dayOfStored = (row: unknown): number | undefined =>
  typeof row === 'object' && row !== null && 'day' in row && typeof row.day === 'number'
    ? row.day
    : undefined;
