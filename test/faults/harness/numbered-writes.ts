import type { VaultContract } from '../../../src/bridge/vault-contract';
import type { NoteId, PhraseId, TakeId } from '../../../src/core/ids';
import type { TableName } from '../../../src/learning/records';
import type { RecordStore, VaultWrite } from '../../../src/vault/vault-types';
import { sampleNote, samplePhrase, sampleTake } from '../../browser/vault/sample-rows';

/** So many writes back, everything is deleted again. */
const KEPT_WRITES = 12;
const PCM_BYTES = 6_000;

const idOf = (kind: number, n: number): string =>
  `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const counterId = idOf(1, 0) as NoteId;
const phraseId = (n: number) => idOf(2, n) as PhraseId;
const takeId = (n: number) => idOf(3, n) as TakeId;

function pcmOf(n: number): Uint8Array<ArrayBuffer> {
  let state = (n * 2_654_435_761) >>> 0 || 1;
  return Uint8Array.from({ length: PCM_BYTES }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

const phraseOf = (n: number) => ({ ...samplePhrase(`phrase ${n}`), id: phraseId(n) });
const takeOf = (n: number) => ({ ...sampleTake(phraseId(n)), id: takeId(n) });

/**
 * Write `n` of an endless row: it changes one row that all share, adds rows to three tables, and deletes what an
 * earlier write added. After any number of writes it can be foretold what is in the vault, to the byte.
 */
export const numberedWrite = (n: number): readonly VaultWrite[] => [
  { op: 'put', table: 'notes', row: { ...sampleNote(String(n)), id: counterId } },
  { op: 'put', table: 'phrases', row: phraseOf(n) },
  { op: 'put', table: 'takes', row: takeOf(n) },
  { op: 'put', table: 'audio', row: { id: takeId(n), pcm16: pcmOf(n) } },
  ...(n <= KEPT_WRITES
    ? []
    : ([
        { op: 'delete', table: 'phrases', id: phraseId(n - KEPT_WRITES) },
        { op: 'delete', table: 'takes', id: takeId(n - KEPT_WRITES) },
        { op: 'delete', table: 'audio', id: takeId(n - KEPT_WRITES) },
      ] as const)),
];

export interface FoundState {
  /** How many writes are in the vault. */
  readonly writes: number;
  /** What is not as those writes leave it. */
  readonly problems: readonly string[];
}

/** Reads everything back and compares it with what that many writes leave. */
export async function findState(vault: Pick<VaultContract, 'list' | 'status'>): Promise<FoundState> {
  const problems: string[] = [];
  const rowsOf = async <T extends TableName>(table: T) => {
    const listed = await vault.list(table);
    if (!listed.ok) throw new Error(`${table} cannot be read: ${JSON.stringify(listed.error)}`);
    if (listed.value.quarantined.length > 0)
      problems.push(`${table}: ${listed.value.quarantined.length} rows do not open`);
    return listed.value.rows;
  };
  const notes = await rowsOf('notes');
  const writes = Number(notes.find(({ id }) => id === counterId)?.text ?? 0);
  const numbers = Array.from({ length: Math.min(writes, KEPT_WRITES) }, (_, at) => writes - at);
  const differs = (what: string, found: readonly { id: string }[], expected: readonly { id: string }[]) => {
    const ids = new Set(expected.map(({ id }) => id));
    const extra = found.filter(({ id }) => !ids.has(id)).length;
    if (extra > 0) problems.push(`${what}: ${extra} rows too many after ${writes} writes`);
    for (const row of expected) {
      const stored = found.find(({ id }) => id === row.id);
      if (stored === undefined) problems.push(`${what}: a row of write ${writes} is missing`);
      else if (textOf(stored) !== textOf(row)) problems.push(`${what}: a row is not as it was written`);
    }
  };
  differs('phrases', await rowsOf('phrases'), numbers.map(phraseOf));
  differs('takes', await rowsOf('takes'), numbers.map(takeOf));
  differs(
    'audio',
    await rowsOf('audio'),
    numbers.map((n) => ({ id: takeId(n), pcm16: pcmOf(n) })),
  );
  const status = await vault.status();
  const counted = status.ok && status.value.kind === 'open' ? status.value.counts : undefined;
  if (counted?.takes !== numbers.length)
    problems.push(`${counted?.takes} takes counted, ${numbers.length} are there`);
  return { writes, problems };
}

const textOf = (row: object): string =>
  JSON.stringify(row, (_, value) => (value instanceof Uint8Array ? [...value] : value));

/** Writes on and on from write `after + 1`, several at a time, and tells of every one that was acknowledged. */
export function streamWrites(
  vault: Pick<RecordStore, 'write'>,
  after: number,
  onAcknowledged: (n: number) => void,
  onRefused: (error: string) => void,
): void {
  let next = after;
  const keepWriting = async () => {
    for (;;) {
      next += 1;
      const n = next;
      const answer = await vault.write(numberedWrite(n));
      if (answer.ok) onAcknowledged(n);
      else return onRefused(JSON.stringify(answer.error));
    }
  };
  for (let writer = 0; writer < 3; writer += 1) void keepWriting();
}
