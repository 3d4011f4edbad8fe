import * as v from 'valibot';
import type { AuditVerdict } from './audit-entry';
import type { AuditKeys } from './audit-keys';
import { isChained, isGenuineHead, NO_MAC } from './audit-seal';
import {
  type AuditHead,
  AuditHeadSchema,
  type SealedEntry,
  SealedEntrySchema,
  type StoredChain,
} from './audit-store';

/**
 * Checks every entry from one end of the chain to the other. `atSequence` is the first position where something
 * is not as it was written: changed, missing, moved, put in, or brought back from before.
 */
export async function verifyChain(keys: AuditKeys, chain: StoredChain): Promise<AuditVerdict> {
  const entries = chain.entries.length;
  if (chain.isUnbegun && chain.head === undefined && entries === 0) return { kind: 'intact', entries };
  const head = await genuineHead(keys, chain.head);
  const broken = head === undefined ? await endOfRun(keys, chain) : await firstFault(keys, chain, head);
  return broken === undefined ? { kind: 'intact', entries } : { kind: 'broken', atSequence: broken, entries };
}

/** The head, if it is whole and ours. */
export async function genuineHead(keys: AuditKeys, stored: unknown): Promise<AuditHead | undefined> {
  if (!v.is(AuditHeadSchema, stored)) return undefined;
  return (await isGenuineHead(keys, stored)) ? stored : undefined;
}

async function firstFault(keys: AuditKeys, chain: StoredChain, head: AuditHead): Promise<number | undefined> {
  const found = await faultBetween(keys, chain, head);
  if (head.brokenAt === 0) return found;
  return Math.min(head.brokenAt, found ?? head.brokenAt);
}

/** Walks from base to head. Rows outside of that were put in by somebody. */
async function faultBetween(
  keys: AuditKeys,
  chain: StoredChain,
  head: AuditHead,
): Promise<number | undefined> {
  const stored = bySequence(chain);
  let mac = head.baseMac;
  for (let sequence = head.baseSequence + 1; sequence <= head.sequence; sequence += 1) {
    const entry = stored.get(sequence);
    if (entry === undefined || !(await isChained(keys, entry, mac))) return sequence;
    mac = entry.mac;
  }
  // Two genuine entries can have had this place, if somebody put back an older head in between.
  if (!isSame(mac, head.mac)) return head.sequence;
  if (head.brokenAt > 0) return undefined;
  const expected = head.sequence - head.baseSequence;
  return chain.entries.length === expected ? undefined : head.sequence + 1;
}

/** Without a head the end of the chain is unknown: only what leads there from its beginning holds. */
async function endOfRun(keys: AuditKeys, chain: StoredChain): Promise<number> {
  const stored = bySequence(chain);
  let mac = NO_MAC;
  for (let sequence = 1; ; sequence += 1) {
    const entry = stored.get(sequence);
    if (entry === undefined || !(await isChained(keys, entry, mac))) return sequence;
    mac = entry.mac;
  }
}

const bySequence = ({ entries }: StoredChain): ReadonlyMap<number, SealedEntry> =>
  new Map(entries.filter((entry) => v.is(SealedEntrySchema, entry)).map((entry) => [entry.sequence, entry]));

const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);
