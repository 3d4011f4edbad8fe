import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../core/json';

/** What is worth a line in the audit log: what changes who can read the vault, or what is in it as a whole. */
export const AuditEventSchema = v.picklist([
  'vault-created',
  'unlocked',
  'unlock-refused',
  'locked',
  'protection-changed',
  'recovery-code-made',
  'recovery-code-removed',
  'passkey-added',
  'passkey-removed',
  'backup-exported',
  'backup-imported',
  'key-rotated',
  'key-dropped',
  'retention-applied',
  'data-forgotten',
  'rows-quarantined',
  'clock-jumped',
  'insights-joined',
  'insights-left',
  'insights-reported',
  'chain-restarted',
]);

export type AuditEvent = v.InferOutput<typeof AuditEventSchema>;

/** One line of the audit log, opened. */
export const AuditEntrySchema = v.object({
  /** Position in the chain, from 1, without gaps. */
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1)),
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
  event: AuditEventSchema,
  /** Counts, levels and key ids; never content. */
  detail: v.custom<JsonObject>(isJsonObject),
});

export type AuditEntry = v.InferOutput<typeof AuditEntrySchema>;

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  readonly total: number;
  /** Pass as `before` to get the page after this one. */
  readonly nextBefore: number | undefined;
}

export type AuditVerdict =
  | { readonly kind: 'intact'; readonly entries: number }
  /** An entry was changed, removed, replaced or moved; those before it can be relied on. */
  | { readonly kind: 'broken'; readonly atSequence: number; readonly entries: number };
