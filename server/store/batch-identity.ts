import { createHash, createHmac } from 'node:crypto';

export interface BatchIdentity {
  readonly id: string;
  readonly fingerprint: string;
}

/**
 * What a batch is recognised by when it comes again. The key itself is not kept, and without its 128 random bits
 * nobody can try out which of the few possible bodies a fingerprint belongs to.
 *
 * @param body the bytes as they came
 */
export function batchIdentity(idempotencyKey: string, body: Uint8Array): BatchIdentity {
  const shortened = (digest: Buffer): string => digest.subarray(0, 16).toString('base64url');
  return {
    id: shortened(createHash('sha256').update(idempotencyKey).digest()),
    fingerprint: shortened(createHmac('sha256', idempotencyKey).update(body).digest()),
  };
}
