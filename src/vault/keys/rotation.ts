import { assert } from '../../core/assert';
import type { DataPrivacyLevel } from '../../learning/data-privacy-level';
import type { TableName } from '../../learning/records';
import { tableNames } from '../rows/table-levels';
import type { VaultSession } from '../vault-session';
import type { DataKey } from './key-rows';
import type { KeyState } from './key-state';
import { resealRow } from './reseal-row';

/** How long a data key seals before another takes its place. */
export const ROTATION_MS = 30 * 86_400_000;

/** When a data key has to be replaced. */
export interface RotationRule {
  readonly ageMs: number;
  /** Whether it can be told how old a key is: not while the device's clock is in doubt. */
  readonly isTimeKnown: boolean;
}

export const ROTATION_RULE: RotationRule = { ageMs: ROTATION_MS, isTimeKnown: true };

/** Rows that one step seals anew: a fraction of a second, so that nobody waits for long. */
export const ROWS_A_STEP = 32;

/** What one step did, for whoever keeps the log. */
export interface RotationStep {
  readonly replaced: readonly { readonly level: DataPrivacyLevel; readonly keyId: string }[];
  readonly resealed: number;
  readonly dropped: readonly { readonly level: DataPrivacyLevel; readonly keyId: string }[];
  /** Rows found that do not open; they stay as they are, and so does their key. */
  readonly unreadable: number;
  readonly isMore: boolean;
}

const NOTHING: RotationStep = { replaced: [], resealed: 0, dropped: [], unreadable: 0, isMore: false };

/** A session that may end the reign of a key: nobody writes any more who read the keys before. */
export interface RotatingSession extends VaultSession {
  /** Answers once that is on the disk, and every row before it. */
  advanceEpoch(): Promise<VaultSession>;
}

/**
 * Replaces data keys and seals their rows anew, step by step. What is left to do is read from the stores each
 * time, so that whatever interrupts it, the next step goes on where the last one ended:
 *
 * 1. one strict transaction makes the new key active and retires the old one;
 * 2. rows are opened and sealed outside any transaction, and put only where nothing changed meanwhile;
 * 3. once no row can be moved any more, the epoch advances, the rows on the old key are counted, and the key is
 *    dropped if there are none;
 * 4. a row that does not open stays, and keeps its key.
 */
export class KeyRotation {
  /** The look through the rows of each retired key that is under way. Forgotten with the session. */
  readonly #passes = new Map<string, Pass>();
  /** Keys that only rows which do not open are left on; they are tried again in the next session. */
  readonly #settled = new Set<string>();

  /** Replaces every data key now. */
  async replaceAll({ ring, keys }: VaultSession): Promise<RotationStep['replaced']> {
    const levels = (await keys.keys()).dataKeys.filter(isActive).map(({ level }) => level);
    return await replace(ring, levels);
  }

  async step(
    session: RotatingSession,
    rows = ROWS_A_STEP,
    { ageMs, isTimeKnown }: RotationRule = ROTATION_RULE,
  ): Promise<RotationStep> {
    assert(rows > 0, 'a step seals at least one row', rows);
    const { keys, ring, clock } = session;
    const { dataKeys, macKeys } = await keys.keys();
    const due = dataKeys.filter((key) => isTimeKnown && isActive(key) && isDue(key, clock.now(), ageMs));
    if (due.length > 0) {
      const levels = due.map(({ level }) => level);
      return { ...NOTHING, replaced: await replace(ring, levels), isMore: true };
    }
    const retired = dataKeys.find((key) => !isActive(key) && !this.#settled.has(key.id));
    if (retired !== undefined) return await this.#empty(session, retired, rows);
    const named = new Set(dataKeys.map((key) => (key.format === 1 ? '' : key.indexKeyId)));
    for (const key of macKeys) {
      if (key.use !== 'index' || key.state === 'active' || named.has(key.id)) continue;
      await keys.dropMacKey(ring.master, key.id);
      ring.forget(key.id);
    }
    return NOTHING;
  }

  async state({ keys, rows, owner }: VaultSession, ageMs = ROTATION_MS): Promise<KeyState> {
    const { dataKeys } = await keys.keys();
    const retired = dataKeys.filter((key) => !isActive(key));
    return {
      levels: dataKeys.filter(isActive).map(({ id, level, createdAt, encryptions }) => ({
        level,
        keyId: id,
        createdAt,
        encryptions,
        rotatesAt: createdAt + ageMs,
      })),
      retired: await Promise.all(
        retired.map(async ({ id, level }) => ({
          keyId: id,
          level,
          rowsLeft: await rows.countOnKey(owner, id),
          unreadable: unreadableIn(this.#passes.get(id)),
        })),
      ),
    };
  }

  /** Moves some rows off a retired key, or drops the key once there are none. */
  async #empty(session: RotatingSession, { id, level }: DataKey, most: number): Promise<RotationStep> {
    for (const table of tableNames) {
      const moved = await this.#reseal(session, table, id, most);
      if (moved !== undefined) return moved;
    }
    const { rows, owner, keys, ring } = await session.advanceEpoch();
    if ((await rows.countOnKey(owner, id)) === 0) {
      await keys.dropDataKey(ring.master, id);
      ring.forget(id);
      this.#passes.delete(id);
      return { ...NOTHING, dropped: [{ level, keyId: id }], isMore: true };
    }
    // Rows moved away while others were counted: only a pass that moved none has surely seen them all.
    if (this.#passes.get(id)?.hasMoved === true) this.#passes.delete(id);
    else this.#settled.add(id);
    return { ...NOTHING, isMore: true };
  }

  /** @returns `undefined` when the table has no row on this key that was not tried yet */
  async #reseal(
    { rows, owner, ring }: VaultSession,
    table: TableName,
    keyId: string,
    most: number,
  ): Promise<RotationStep | undefined> {
    const pass = this.#passes.get(keyId) ?? { unreadable: new Map(), hasMoved: false };
    this.#passes.set(keyId, pass);
    const skip = pass.unreadable.get(table) ?? 0;
    const ids = await rows.idsOnKey(owner, table, keyId, most, skip);
    if (ids.length === 0) return undefined;
    const stored = await rows.many(owner, table, ids);
    const sealed = await Promise.all(
      ids.map((rowId, at) =>
        stored[at] === undefined ? undefined : resealRow(table, rowId, stored[at], ring),
      ),
    );
    const puts = sealed.filter((put) => put !== undefined);
    const isCommitted = puts.length === 0 || (await rows.commit(owner, puts, []));
    // Another tab changed one of them first: what it wrote is looked at in the next step.
    if (!isCommitted) return { ...NOTHING, isMore: true };
    const failed = stored.filter((row, at) => row !== undefined && sealed[at] === undefined).length;
    pass.unreadable.set(table, skip + failed);
    if (puts.length > 0) pass.hasMoved = true;
    return { ...NOTHING, resealed: puts.length, unreadable: failed, isMore: true };
  }
}

interface Pass {
  /** Rows by table that were found not to open: they keep their places, and the next look begins behind them. */
  readonly unreadable: Map<TableName, number>;
  hasMoved: boolean;
}

const unreadableIn = (pass: Pass | undefined): number =>
  [...(pass?.unreadable.values() ?? [])].reduce((total, rows) => total + rows, 0);

const isActive = ({ state }: DataKey): boolean => state === 'active';

/** A key from the future was made while the clock was wrong: nobody knows how old it is. */
const isDue = ({ createdAt }: DataKey, now: number, ageMs: number): boolean =>
  Math.abs(now - createdAt) >= ageMs;

async function replace(
  ring: VaultSession['ring'],
  levels: readonly DataPrivacyLevel[],
): Promise<RotationStep['replaced']> {
  const replaced: { readonly level: DataPrivacyLevel; readonly keyId: string }[] = [];
  for (const level of levels) replaced.push({ level, keyId: await ring.replaceDataKey(level) });
  return replaced;
}
