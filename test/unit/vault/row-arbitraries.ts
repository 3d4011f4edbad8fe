import fc from 'fast-check';
import type { TableName } from '../../../src/learning/records';
import type { TableRow } from '../../../src/vault/rows/sealed-rows';

const id = fc.uuid({ version: 4 });
const epoch = fc.nat({ max: 4_102_444_800_000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
// MessagePack has one zero.
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const bytes = fc.uint8Array({ maxLength: 3_000 });
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map((text) => `x${text}x`);

const quality = fc.record({
  flaws: fc.subarray(['too-quiet', 'clipped', 'cut-off', 'noisy', 'too-short'] as const),
  peakDb: finite,
  signalToNoiseDb: finite,
});

const action = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('note' as const), text: fc.string({ unit: 'grapheme' }) }),
  fc.record({
    kind: fc.constant('timer' as const),
    label: fc.string(),
    durationSeconds: fc.integer({ min: 1, max: 86_400 }),
  }),
);

const recognition = fc.record({
  outcome: fc.constantFrom('accepted' as const, 'did-you-mean' as const, 'unknown' as const),
  candidates: fc.array(fc.record({ phraseId: id, confidence: share, distance: finite, threshold: finite }), {
    maxLength: 5,
  }),
  scorers: fc.array(fc.string()),
  decisionMs: finite,
});

const content = fc.dictionary(
  fc.string({ maxLength: 12 }).filter((key) => key !== '__proto__'),
  fc.oneof(fc.string(), finite, fc.boolean(), fc.constant(null), fc.array(finite, { maxLength: 4 })),
  { maxKeys: 6, noNullPrototype: true },
);

const arbitraries = {
  phrases: fc.record({ id, name, action, createdAt: epoch, updatedAt: epoch }),
  takes: fc.record({
    id,
    phraseId: id,
    role: fc.constantFrom('example', 'counter-example'),
    source: fc.constantFrom('microphone', 'file', 'sample', 'correction'),
    recordedAt: epoch,
    durationMs: finite,
    waveform: fc.array(share, { maxLength: 256 }),
    quality,
  }),
  audio: fc.record({ id, pcm16: bytes }),
  interactions: fc.record(
    {
      id,
      heardAt: epoch,
      durationMs: finite,
      waveform: fc.array(share, { maxLength: 16 }),
      quality,
      recognition,
      phraseId: id,
      action: fc.constantFrom({ kind: 'undone' }, { kind: 'done', detail: 'said' }),
      correction: fc.oneof(
        fc.constant({ kind: 'nothing' }),
        fc.record({ kind: fc.constant('phrase'), phraseId: id }),
      ),
    },
    {
      requiredKeys: ['id', 'heardAt', 'durationMs', 'waveform', 'quality', 'recognition', 'action'],
    },
  ),
  notes: fc.record({
    id,
    text: fc.string({ unit: 'binary', maxLength: 500 }),
    createdAt: epoch,
    updatedAt: epoch,
  }),
  timers: fc.record({
    id,
    kind: fc.constantFrom('timer', 'alarm'),
    label: fc.string(),
    startedAt: epoch,
    ringsAt: epoch,
    state: fc.constantFrom('running', 'ringing', 'done'),
  }),
  models: fc.record({
    id: fc.string({ minLength: 1 }),
    format: fc.integer(),
    trainedAt: epoch,
    description: fc.string(),
    weights: bytes,
  }),
  learningData: fc.record(
    {
      id,
      userId: id,
      agentId: name,
      sessionId: name,
      dataType: name,
      content,
      privacyLevel: fc.constantFrom('public', 'internal', 'private', 'confidential'),
      qualityScore: share.map((value) => value + 0),
      createdAt: epoch,
    },
    {
      requiredKeys: [
        'id',
        'userId',
        'agentId',
        'dataType',
        'content',
        'privacyLevel',
        'qualityScore',
        'createdAt',
      ],
    },
  ),
  profiles: fc.record({ id, name, preferences: content, createdAt: epoch, updatedAt: epoch }),
} satisfies Record<TableName, fc.Arbitrary<unknown>>;

/** A row of any table, together with the name of its table. */
export const anyTableRow: fc.Arbitrary<TableRow> = fc.oneof(
  ...Object.entries<fc.Arbitrary<unknown>>(arbitraries).map(([table, rows]) =>
    // A plain object, as a caller would build it: fast-check's own may lack a prototype.
    rows.map((row) => ({ table, row: structuredClone(row) }) as TableRow),
  ),
);
