import type { VaultError } from './vault-types';

/**
 * An expected failure on its way to the edge of the vault, thrown only to abort an IndexedDB transaction
 * or to leave nested calls; `Vault` turns it into the error half of a `Result`.
 */
export class VaultFailure extends Error {
  override readonly name = 'VaultFailure';

  constructor(readonly error: VaultError) {
    super(error.kind);
  }
}

export const unavailable = (detail: string): VaultFailure =>
  new VaultFailure({ kind: 'unavailable', detail });

/** The connection was cut: the store was deleted, evicted, or taken over by a newer version. */
export const isConnectionLost = (error: unknown): boolean =>
  chainOf(error).some(({ name }) => name === 'DatabaseClosedError' || name === 'InvalidStateError');

/** Names what went wrong. A full disk surfaces only as the inner error of an aborted transaction. */
export function vaultErrorOf(error: unknown): VaultError {
  const chain = chainOf(error);
  for (const link of chain) {
    if (link instanceof VaultFailure) return link.error;
    if (link.name === 'QuotaExceededError') return { kind: 'quota' };
  }
  const [outermost] = chain;
  const detail = outermost === undefined ? String(error) : `${outermost.name}: ${outermost.message}`;
  return { kind: 'unavailable', detail };
}

/** An error with what caused it: `inner` is Dexie's word for it, `cause` the language's. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let link = error;
  while (link instanceof Error && !chain.includes(link)) {
    chain.push(link);
    link = 'inner' in link && link.inner instanceof Error ? link.inner : link.cause;
  }
  return chain;
}
