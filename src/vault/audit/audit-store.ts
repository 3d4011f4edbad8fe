import type { Dexie, Table } from 'dexie';
import * as v from 'valibot';
import { hex } from '../crypto/associated-data';
import { BytesSchema } from '../crypto/wrapped-key';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How entries and the head are laid out. */
export const AUDIT_FORMAT = 1;

/** An entry at rest: where it stands is in the clear, what it says is not. */
export const SealedEntrySchema = v.object({
  sequence: v.pipe(natural, v.minValue(1)),
  format: v.literal(AUDIT_FORMAT),
  /** Of the key it is sealed and chained with. */
  keyId: v.string(),
  iv: BytesSchema,
  sealed: BytesSchema,
  /** Over all of the above and the MAC of the entry before. */
  mac: BytesSchema,
});

/** Both ends of the chain, so that nothing can be cut off either of them. */
export const AuditHeadSchema = v.object({
  id: v.literal('audit-head'),
  format: v.literal(AUDIT_FORMAT),
  /** The last entry that was dropped to keep the log bounded; 0 while none was. */
  baseSequence: natural,
  baseMac: BytesSchema,
  /** The newest entry. */
  sequence: natural,
  mac: BytesSchema,
  /** Where damage was found by somebody who had to go on writing; 0 for nowhere. */
  brokenAt: natural,
  /** Of the key the tag was made with. */
  keyId: v.string(),
  /** Over all of the above. */
  tag: BytesSchema,
});

export type SealedEntry = v.InferOutput<typeof SealedEntrySchema>;
export type AuditHead = v.InferOutput<typeof AuditHeadSchema>;

/** What is stored, unchecked, as one moment saw it. */
export interface StoredChain {
  readonly head: unknown;
  readonly entries: readonly unknown[];
  /** The vault is new, or older than its audit log: that there is none is no sign that somebody removed it. */
  readonly isUnbegun: boolean;
}

/** What the next entry is put after. */
export interface ChainEnd {
  readonly head: unknown;
  /** Position of the newest stored entry, whatever the head says; 0 when there is none. */
  readonly lastSequence: number;
  readonly isUnbegun: boolean;
  /** Refused attempts to unlock that no entry tells of yet. */
  readonly refusals: number;
}

export interface ChainWrite {
  /** The chain as it was read; written only if it is still so. */
  readonly after: ChainEnd;
  readonly entries: readonly SealedEntry[];
  readonly head: AuditHead;
  /** Entries up to here are dropped. */
  readonly dropUpTo: number;
}

const HEAD = 'audit-head';
/** Positions beyond this nobody reaches; a row that claims one is not ours. */
const HIGHEST = 2 ** 40;
const REFUSALS = 'unlock-refusals';
const UNBEGUN = 'audit-unbegun';

const RefusalsSchema = v.object({ id: v.literal(REFUSALS), count: v.pipe(natural, v.maxValue(1_000_000)) });

const refusalsIn = (row: unknown): number => (v.is(RefusalsSchema, row) ? row.count : 0);

/** Tells two heads apart, whatever state they are in. */
const tagOf = (head: unknown): string => (v.is(AuditHeadSchema, head) ? hex(head.tag) : '');

/** Says in a vault without an audit log that there was none so far, within the caller's transaction. */
export const markUnbegun = (meta: Table<unknown, string>): PromiseLike<unknown> => meta.put({ id: UNBEGUN });

/** The part of the keys database (strict durability) that holds the audit log. */
export class AuditStore {
  readonly #database: Dexie;
  readonly #entries: Table<unknown, number>;
  readonly #meta: Table<unknown, string>;

  constructor(database: Dexie) {
    this.#database = database;
    this.#entries = database.table('audit');
    this.#meta = database.table('meta');
  }

  async end(): Promise<ChainEnd> {
    return await this.#within('r', async () => {
      const newest = this.#entries.where(':id').between(1, HIGHEST, true, true);
      return {
        head: await this.#meta.get(HEAD),
        lastSequence: Number((await newest.lastKey()) ?? 0),
        isUnbegun: (await this.#meta.get(UNBEGUN)) !== undefined,
        refusals: refusalsIn(await this.#meta.get(REFUSALS)),
      };
    });
  }

  /** The newest entries before a position, newest first, and how many there are in all. */
  async before(
    sequence: number,
    limit: number,
  ): Promise<{ readonly entries: readonly unknown[]; readonly total: number }> {
    return await this.#within('r', async () => ({
      entries: await this.#entries.where(':id').below(sequence).reverse().limit(limit).toArray(),
      total: await this.#entries.count(),
    }));
  }

  /** The whole chain, oldest first. */
  async whole(): Promise<StoredChain> {
    return await this.#within('r', async () => ({
      head: await this.#meta.get(HEAD),
      entries: await this.#entries.orderBy(':id').toArray(),
      isUnbegun: (await this.#meta.get(UNBEGUN)) !== undefined,
    }));
  }

  /**
   * Writes entries and the head that goes with them, and forgets the refusals that `after` counted.
   *
   * @returns false, with nothing written, when somebody else wrote since
   */
  async write({ after, entries, head, dropUpTo }: ChainWrite): Promise<boolean> {
    return await this.#within('rw', async () => {
      if (tagOf(await this.#meta.get(HEAD)) !== tagOf(after.head)) return false;
      await this.#entries.where(':id').belowOrEqual(dropUpTo).delete();
      await this.#entries.bulkPut([...entries]);
      await this.#meta.put(head);
      await this.#meta.delete(UNBEGUN);
      await this.#setRefusals(refusalsIn(await this.#meta.get(REFUSALS)) - after.refusals);
      return true;
    });
  }

  /** Notes that somebody was refused: in the clear, because no key is at hand then. */
  async countRefusal(): Promise<void> {
    await this.#within('rw', async () => {
      await this.#setRefusals(refusalsIn(await this.#meta.get(REFUSALS)) + 1);
    });
  }

  async #setRefusals(count: number): Promise<void> {
    if (count > 0) await this.#meta.put({ id: REFUSALS, count: Math.min(count, 1_000_000) });
    else await this.#meta.delete(REFUSALS);
  }

  #within<T>(mode: 'r' | 'rw', work: () => Promise<T>): PromiseLike<T> {
    return this.#database.transaction(mode, this.#entries, this.#meta, work);
  }
}
