import type { JsonObject } from '../../../../src/core/json';
import { epochMs, monotonicMs } from '../../../../src/core/units';
import type { AuditEvent } from '../../../../src/vault/audit/audit-entry';
import type { AuditKey } from '../../../../src/vault/audit/audit-keys';
import type { AuditSession } from '../../../../src/vault/audit/audit-log';
import type { ChainWrite, SealedEntry } from '../../../../src/vault/audit/audit-store';

export async function auditKey(id: string): Promise<AuditKey> {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
    'sign',
    'verify',
  ]);
  return { id, key };
}

/** What lies in the two tables, for somebody without keys to tamper with. */
export interface StoredAudit {
  entries: SealedEntry[];
  head: unknown;
  isUnbegun: boolean;
  refusals: number;
}

/** An open vault as far as the audit log sees one, on tables in memory. Its clock ticks with every look. */
export class MemoryAudit implements AuditSession {
  stored: StoredAudit = { entries: [], head: undefined, isUnbegun: true, refusals: 0 };
  active: AuditKey;
  all: AuditKey[];
  #nowMs = 1_000;

  constructor(
    key: AuditKey,
    readonly vaultId = 'vault-1',
  ) {
    this.active = key;
    this.all = [key];
  }

  readonly ring = (() => {
    const audit = this;
    return {
      get vaultId() {
        return audit.vaultId;
      },
      auditKeys: () => ({ active: audit.active, all: audit.all }),
    };
  })();

  readonly clock = {
    now: () => {
      this.#nowMs += 1;
      return epochMs(this.#nowMs);
    },
    monotonic: () => monotonicMs(this.#nowMs),
  };

  readonly keys = {
    audit: {
      end: async () => ({
        head: this.stored.head,
        lastSequence: Math.max(0, ...this.stored.entries.map(({ sequence }) => sequence)),
        isUnbegun: this.stored.isUnbegun,
        refusals: this.stored.refusals,
      }),
      before: async (sequence: number, limit: number) => ({
        entries: this.#inOrder()
          .filter((entry) => entry.sequence < sequence)
          .reverse()
          .slice(0, limit),
        total: this.stored.entries.length,
      }),
      whole: async () => ({
        head: this.stored.head,
        entries: this.#inOrder(),
        isUnbegun: this.stored.isUnbegun,
      }),
      write: async ({ after, entries, head, dropUpTo }: ChainWrite) => {
        if (after.head !== this.stored.head) return false;
        const kept = this.stored.entries.filter(
          ({ sequence }) => sequence > dropUpTo && !entries.some((entry) => entry.sequence === sequence),
        );
        const refusals = this.stored.refusals - after.refusals;
        this.stored = { entries: [...kept, ...entries], head, isUnbegun: false, refusals };
        return true;
      },
      countRefusal: async () => {
        this.stored.refusals += 1;
      },
    },
  };

  #inOrder(): SealedEntry[] {
    return this.stored.entries.toSorted((a, b) => a.sequence - b.sequence);
  }
}

export const news: readonly (readonly [AuditEvent, JsonObject])[] = [
  ['vault-created', { protection: 'passphrase' }],
  ['unlocked', { with: 'passphrase' }],
  ['key-rotated', { level: 'private' }],
  ['key-dropped', { level: 'private' }],
  ['locked', { by: 'person' }],
  ['unlocked', { with: 'passkey' }],
  ['retention-applied', { rows: 12 }],
  ['locked', { by: 'auto' }],
];
