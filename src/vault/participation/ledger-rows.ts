import * as v from 'valibot';
import { metricIds } from '../../insights/protocol/metrics';
import { BytesSchema } from '../crypto/wrapped-key';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How the rows below are laid out and sealed. */
export const LEDGER_FORMAT = 1;

/** Id of the one row that says whether somebody takes part. */
export const STATE_ID = 'state';

/** The state, or one entry of the ledger, at rest. */
export const SealedLedgerRowSchema = v.object({
  id: v.string(),
  format: v.literal(LEDGER_FORMAT),
  /** Of the key for insights that it is sealed with. */
  keyId: v.string(),
  iv: BytesSchema,
  sealed: BytesSchema,
});

/** Whether somebody takes part. No row at all: nobody ever did. */
export const ParticipationStateSchema = v.variant('kind', [
  v.object({
    kind: v.literal('joined'),
    sinceMs: natural,
    /** Origin that was agreed to: another one has to be asked for anew. */
    endpoint: v.string(),
    /** Entries there are; a ledger with another number of them was tampered with. */
    entries: natural,
    /** Nothing is made earlier, because of what was spent before the last time somebody left. */
    restUntilMs: natural,
    /** The latest time at which anything was done here: nothing counts as later than it is. */
    highMs: natural,
  }),
  /** Nothing is left of what was answered but how long it has to rest. */
  v.object({ kind: v.literal('left'), restUntilMs: natural }),
]);

/** A report that was made: the receipt, and what the budget is counted from. The true value is in no row. */
export const LedgerEntrySchema = v.object({
  metric: v.picklist(metricIds),
  epoch: natural,
  madeAtMs: natural,
  epsilon: v.pipe(v.number(), v.minValue(0)),
  /** Bucket that was said. */
  answer: natural,
  body: BytesSchema,
});

/**
 * A report in the outbox. In the clear, because the service worker sends it with no key at hand: it holds nothing
 * but what is about to be told anyway.
 */
export const ParcelRowSchema = v.object({
  id: v.string(),
  format: v.literal(LEDGER_FORMAT),
  endpoint: v.string(),
  /** Empty once it is delivered. */
  body: BytesSchema,
  sendAfterMs: natural,
  delivery: v.picklist(['waiting', 'counted', 'refused']),
});

export type SealedLedgerRow = v.InferOutput<typeof SealedLedgerRowSchema>;
export type ParticipationState = v.InferOutput<typeof ParticipationStateSchema>;
export type LedgerEntry = v.InferOutput<typeof LedgerEntrySchema>;
export type ParcelRow = v.InferOutput<typeof ParcelRowSchema>;

/** The database beside those of the vault, there only once somebody took part. */
export const ledgerDatabaseName = (vaultName: string): string => `${vaultName}-insights`;

/** Name of an insights database of any vault space. */
export const isLedgerDatabase = (name: string): boolean =>
  /^claude-echo(\.[0-9a-f-]{36})?-insights$/.test(name);

export const OUTBOX_TABLE = 'outbox';
