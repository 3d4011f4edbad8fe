import { err, type Result } from '../core/result';
import type { RecordStore, VaultWrite } from '../vault/vault-types';
import type { SpeechError } from './speech-events';

/** Writes to the vault, all or nothing; what the vault says against it becomes an error of this room. */
export async function storeRows(
  store: Pick<RecordStore, 'write'>,
  writes: readonly VaultWrite[],
): Promise<Result<void, SpeechError>> {
  const written = await store.write(writes);
  return written.ok ? written : err({ kind: 'vault', error: written.error });
}
