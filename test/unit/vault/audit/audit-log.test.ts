import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditKey } from '../../../../src/vault/audit/audit-keys';
import { AuditLog } from '../../../../src/vault/audit/audit-log';
import type { SealedEntry } from '../../../../src/vault/audit/audit-store';
import { auditKey, MemoryAudit, news } from './memory-audit';

const log = new AuditLog();

async function written(key: AuditKey, vaultId?: string): Promise<MemoryAudit> {
  const audit = new MemoryAudit(key, vaultId);
  for (const [event, detail] of news) await log.append(audit, event, detail);
  return audit;
}

const sequenceOf = ({ sequence }: SealedEntry): number => sequence;

describe('the audit log', () => {
  let key: AuditKey;
  let audit: MemoryAudit;

  beforeEach(async () => {
    key = await auditKey('first');
    audit = await written(key);
  });

  it('gives back what was written, newest first, page by page', async () => {
    const first = await log.page(audit, undefined, 3);
    expect(first.entries.map(({ sequence, event }) => [sequence, event])).toEqual([
      [8, 'locked'],
      [7, 'retention-applied'],
      [6, 'unlocked'],
    ]);
    expect(first.entries[1]?.detail).toEqual({ rows: 12 });
    expect(first).toMatchObject({ total: 8, nextBefore: 6 });
    const seen = [...first.entries];
    for (let next = first.nextBefore; next !== undefined; ) {
      const page = await log.page(audit, next, 3);
      seen.push(...page.entries);
      next = page.nextBefore;
    }
    expect(seen.map(({ event }) => event)).toEqual(news.map(([event]) => event).reverse());
    expect(seen.every(({ at }, index) => index === 0 || at < (seen[index - 1]?.at ?? 0))).toBe(true);
  });

  it('is intact while nobody touched it, and before anything was written', async () => {
    expect(await log.verify(audit)).toEqual({ kind: 'intact', entries: 8 });
    expect(await log.verify(new MemoryAudit(key))).toEqual({ kind: 'intact', entries: 0 });
  });

  it('stores every kind of event in the same number of bytes', () => {
    expect(new Set(audit.stored.entries.map(({ sealed }) => sealed.length)).size).toBe(1);
  });

  it('shows any flipped bit of any entry at that entry', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(7),
        fc.constantFrom('iv', 'sealed', 'mac'),
        fc.nat(10_000),
        async (at, column, bit) => {
          const genuine = audit.stored.entries;
          audit.stored.entries = genuine.map((entry, index) => {
            if (index !== at) return entry;
            const bytes = entry[column].slice();
            const place = (bit >> 3) % bytes.length;
            bytes[place] = (bytes[place] ?? 0) ^ (1 << (bit & 7));
            return { ...entry, [column]: bytes };
          });
          const verdict = await log.verify(audit);
          audit.stored.entries = genuine;
          expect(verdict).toMatchObject({ kind: 'broken', atSequence: at + 1 });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows the removal of any run of entries where it begins', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.integer({ min: 1, max: 8 }), async (from, count) => {
        const genuine = audit.stored.entries;
        audit.stored.entries = genuine.toSpliced(from, count);
        const verdict = await log.verify(audit);
        audit.stored.entries = genuine;
        expect(verdict).toMatchObject({ kind: 'broken', atSequence: from + 1 });
      }),
    );
  });

  it('shows two entries that changed places at the first of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(7), fc.nat(7), async (one, other) => {
        fc.pre(one !== other);
        const genuine = audit.stored.entries;
        audit.stored.entries = genuine.map((entry, index) => {
          const from = index === one ? genuine[other] : index === other ? genuine[one] : entry;
          return { ...(from ?? entry), sequence: entry.sequence };
        });
        const verdict = await log.verify(audit);
        audit.stored.entries = genuine;
        expect(verdict).toMatchObject({ kind: 'broken', atSequence: Math.min(one, other) + 1 });
      }),
    );
  });

  it('shows an entry that was played again behind the last one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(7), async (at) => {
        const genuine = audit.stored.entries;
        const again = genuine[at] as SealedEntry;
        audit.stored.entries = [...genuine, { ...again, sequence: 9 }];
        const verdict = await log.verify(audit);
        audit.stored.entries = genuine;
        expect(verdict).toMatchObject({ kind: 'broken', atSequence: 9 });
      }),
    );
  });

  it('shows a log that was cut short, with and without its head', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 7 }), fc.boolean(), async (kept, hasHead) => {
        const genuine = audit.stored;
        audit.stored = { ...genuine, entries: genuine.entries.slice(0, kept) };
        if (!hasHead) audit.stored.head = undefined;
        const verdict = await log.verify(audit);
        audit.stored = genuine;
        expect(verdict).toMatchObject({ kind: 'broken', atSequence: kept + 1 });
      }),
    );
  });

  it('shows entries of another vault, also under the same key', async () => {
    const other = await written(key, 'vault-2');
    audit.stored.entries[4] = other.stored.entries[4] as SealedEntry;
    expect(await log.verify(audit)).toMatchObject({ kind: 'broken', atSequence: 5 });
  });

  it('shows an older end with the head that belonged to it, once new entries came after it', async () => {
    const before = { ...audit.stored, entries: [...audit.stored.entries] };
    await log.append(audit, 'backup-exported');
    const replaced = audit.stored.entries.at(-1) as SealedEntry;
    audit.stored = before;
    await log.append(audit, 'unlocked');
    expect(await log.verify(audit)).toMatchObject({ kind: 'intact' });
    audit.stored.entries[8] = replaced;
    expect(await log.verify(audit)).toMatchObject({ kind: 'broken', atSequence: 9 });
  });

  it('goes on after its head was taken away, and never looks intact again', async () => {
    audit.stored = { ...audit.stored, head: undefined, entries: audit.stored.entries.slice(0, 6) };
    await log.append(audit, 'unlocked');
    await log.append(audit, 'locked');
    const { entries } = await log.page(audit, undefined, 3);
    expect(entries.map(({ sequence, event }) => [sequence, event])).toEqual([
      [9, 'locked'],
      [8, 'unlocked'],
      [7, 'chain-restarted'],
    ]);
    expect(entries[2]?.detail).toEqual({ reason: 'damaged', brokenAt: 7 });
    expect(await log.verify(audit)).toMatchObject({ kind: 'broken', atSequence: 7 });
  });

  it('does not take a log that was removed altogether for a new one', async () => {
    audit.stored = { entries: [], head: undefined, isUnbegun: false, refusals: 0 };
    await log.append(audit, 'unlocked');
    expect(await log.verify(audit)).toMatchObject({ kind: 'broken', atSequence: 1 });
  });

  it('commits to all that went before when its key is replaced, and reads across', async () => {
    const second = await auditKey('second');
    audit.active = second;
    audit.all = [key, second];
    await log.append(audit, 'unlocked');
    const { entries } = await log.page(audit, undefined, 2);
    expect(entries.map(({ event }) => event)).toEqual(['unlocked', 'chain-restarted']);
    expect(entries[1]?.detail).toMatchObject({ reason: 'new-key' });
    expect(await log.verify(audit)).toEqual({ kind: 'intact', entries: 10 });
    audit.stored.entries = audit.stored.entries.filter((entry) => entry.sequence !== 8);
    expect(await log.verify(audit)).toMatchObject({ kind: 'broken', atSequence: 8 });
  });

  it('writes refused attempts down before whatever opened the vault, once', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) await log.countRefusal(audit.keys);
    await log.append(audit, 'unlocked');
    await log.append(audit, 'locked');
    const { entries } = await log.page(audit, undefined, 3);
    expect(entries.map(({ event, detail }) => [event, detail])).toEqual([
      ['locked', {}],
      ['unlocked', {}],
      ['unlock-refused', { attempts: 3 }],
    ]);
  });
});

describe('a log that grew too long', () => {
  const small = new AuditLog({ most: 10, kept: 6 });

  async function grown(entries: number): Promise<MemoryAudit> {
    const audit = new MemoryAudit(await auditKey('first'));
    for (let at = 0; at < entries; at += 1) await small.append(audit, 'unlocked', { at });
    return audit;
  }

  it('drops its oldest entries and stays verifiable', async () => {
    const audit = await grown(25);
    expect(audit.stored.entries.length).toBeLessThanOrEqual(10);
    expect(audit.stored.entries.map(sequenceOf).at(-1)).toBe(25);
    expect(await small.verify(audit)).toEqual({ kind: 'intact', entries: audit.stored.entries.length });
  });

  it('shows that more was cut off its beginning', async () => {
    const audit = await grown(25);
    const [first] = audit.stored.entries.splice(0, 1);
    expect(await small.verify(audit)).toMatchObject({ kind: 'broken', atSequence: first?.sequence });
  });

  it('shows dropped entries that were put back', async () => {
    const audit = await grown(10);
    const [first] = audit.stored.entries;
    await small.append(audit, 'unlocked');
    expect(audit.stored.entries).toHaveLength(6);
    audit.stored.entries.unshift(first as SealedEntry);
    expect(await small.verify(audit)).toMatchObject({ kind: 'broken' });
  });

  it('remembers damage in the part it dropped', async () => {
    const audit = await grown(10);
    audit.stored.entries.splice(1, 1);
    for (let more = 0; more < 12; more += 1) await small.append(audit, 'unlocked');
    expect(await small.verify(audit)).toMatchObject({ kind: 'broken', atSequence: 2 });
  });
});
