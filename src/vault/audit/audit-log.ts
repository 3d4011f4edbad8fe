import * as v from 'valibot';
import type { Clock } from '../../core/clock';
import type { JsonObject } from '../../core/json';
import { hex } from '../crypto/associated-data';
import { unavailable } from '../vault-failure';
import type { AuditEvent, AuditPage, AuditVerdict } from './audit-entry';
import type { AuditKeys } from './audit-keys';
import { NO_MAC, openEntry, sealEntry, sealHead } from './audit-seal';
import {
  type AuditHead,
  type AuditStore,
  type ChainEnd,
  type SealedEntry,
  SealedEntrySchema,
} from './audit-store';
import { genuineHead, verifyChain } from './verify-chain';

/** The part of an open vault that its audit log needs. */
export interface AuditSession {
  readonly ring: { readonly vaultId: string; auditKeys(): Omit<AuditKeys, 'vaultId'> };
  readonly keys: { readonly audit: Pick<AuditStore, 'before' | 'countRefusal' | 'end' | 'whole' | 'write'> };
  readonly clock: Clock;
}

/** Beyond so many entries the oldest are dropped, down to so many. */
export interface AuditBounds {
  readonly most: number;
  readonly kept: number;
}

const BOUNDS: AuditBounds = { most: 10_000, kept: 9_000 };

const MOST_ATTEMPTS = 5;
const LARGEST_PAGE = 200;

type Ends = Pick<AuditHead, 'baseSequence' | 'baseMac' | 'sequence' | 'mac' | 'brokenAt'>;

interface News {
  readonly event: AuditEvent;
  readonly detail: JsonObject;
}

/**
 * What happened to a vault and when: encrypted, because the times somebody unlocks it are a habit too, and
 * chained, so that nothing in it can be changed, taken out, moved or cut off without that being seen.
 */
export class AuditLog {
  readonly #bounds: AuditBounds;

  constructor(bounds: AuditBounds = BOUNDS) {
    this.#bounds = bounds;
  }

  /**
   * Writes down that something happened; it is on the disk when this returns. Refused attempts to unlock, and
   * a change of the log's own key, are written down first.
   *
   * @param detail counts, levels and key ids; never content
   */
  async append(session: AuditSession, event: AuditEvent, detail: JsonObject = {}): Promise<void> {
    const store = session.keys.audit;
    const keys = keysOf(session);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const after = await store.end();
      const { ends, first } = await continuation(session, after);
      const refused: News = { event: 'unlock-refused', detail: { attempts: after.refusals } };
      const news = [...first, ...(after.refusals > 0 ? [refused] : []), { event, detail }];
      const entries = await chainedTo(ends, news, keys, session.clock);
      const newest = entries.at(-1);
      const grown = { ...ends, sequence: newest?.sequence ?? 0, mac: newest?.mac ?? NO_MAC };
      const { bounded, dropUpTo } = await this.#bounded(session, grown);
      const head = await sealHead(keys, bounded);
      if (await store.write({ after, entries, head, dropUpTo })) return;
    }
    throw unavailable('another tab keeps writing to the audit log');
  }

  /** Newest first. An entry that does not open is left out: `verify` tells where it is. */
  async page(session: AuditSession, before = Number.MAX_SAFE_INTEGER, limit = 50): Promise<AuditPage> {
    const keys = keysOf(session);
    const asked = Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE);
    const stored = await session.keys.audit.before(before, asked);
    const whole = stored.entries.filter((entry) => v.is(SealedEntrySchema, entry));
    const opened = await Promise.all(whole.map((entry) => openEntry(keys, entry)));
    const oldest = whole.at(-1);
    return {
      entries: opened.filter((entry) => entry !== undefined),
      total: stored.total,
      nextBefore: stored.entries.length < asked || oldest?.sequence === 1 ? undefined : oldest?.sequence,
    };
  }

  async verify(session: AuditSession): Promise<AuditVerdict> {
    return verifyChain(keysOf(session), await session.keys.audit.whole());
  }

  /** Somebody was refused while the vault is locked: counted, and written down when it is next opened. */
  async countRefusal(keys: AuditSession['keys']): Promise<void> {
    await keys.audit.countRefusal();
  }

  /** Moves the base of a log that grew too long. What was wrong with the part to be dropped stays known. */
  async #bounded(
    session: AuditSession,
    ends: Ends,
  ): Promise<{ readonly bounded: Ends; readonly dropUpTo: number }> {
    if (ends.sequence - ends.baseSequence <= this.#bounds.most) return { bounded: ends, dropUpTo: 0 };
    const chain = await session.keys.audit.whole();
    const verdict = await verifyChain(keysOf(session), chain);
    const baseSequence = ends.sequence - this.#bounds.kept;
    const base = chain.entries.find(
      (entry): entry is SealedEntry => v.is(SealedEntrySchema, entry) && entry.sequence === baseSequence,
    );
    return {
      bounded: {
        ...ends,
        baseSequence,
        baseMac: base?.mac ?? NO_MAC,
        brokenAt: verdict.kind === 'broken' ? verdict.atSequence : 0,
      },
      dropUpTo: baseSequence,
    };
  }
}

const keysOf = ({ ring }: AuditSession): AuditKeys => ({ vaultId: ring.vaultId, ...ring.auditKeys() });

/**
 * Where the chain goes on. Where its end was tampered with it starts over behind everything that is there, and
 * remembers where the damage was; a new key commits to what the one before had signed.
 */
async function continuation(
  session: AuditSession,
  { head: stored, lastSequence, isUnbegun }: ChainEnd,
): Promise<{ readonly ends: Ends; readonly first: readonly News[] }> {
  const keys = keysOf(session);
  const head = await genuineHead(keys, stored);
  if (head !== undefined) {
    const committed = { reason: 'new-key', previousMac: hex(head.mac) };
    const isNewKey = head.keyId !== keys.active.id;
    return { ends: head, first: isNewKey ? [{ event: 'chain-restarted', detail: committed }] : [] };
  }
  const start = { baseSequence: lastSequence, baseMac: NO_MAC, sequence: lastSequence, mac: NO_MAC };
  const isNew = isUnbegun && stored === undefined && lastSequence === 0;
  if (isNew) return { ends: { ...start, brokenAt: 0 }, first: [] };
  const verdict = await verifyChain(keys, await session.keys.audit.whole());
  const brokenAt = verdict.kind === 'broken' ? verdict.atSequence : lastSequence + 1;
  return {
    ends: { ...start, brokenAt },
    first: [{ event: 'chain-restarted', detail: { reason: 'damaged', brokenAt } }],
  };
}

async function chainedTo(
  ends: Ends,
  news: readonly News[],
  keys: AuditKeys,
  clock: Clock,
): Promise<readonly SealedEntry[]> {
  const entries: SealedEntry[] = [];
  let { sequence, mac } = ends;
  for (const each of news) {
    sequence += 1;
    const entry = await sealEntry(keys, { ...each, sequence, at: clock.now() }, mac);
    entries.push(entry);
    mac = entry.mac;
  }
  return entries;
}
