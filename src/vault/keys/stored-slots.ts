import * as v from 'valibot';
import { unavailable } from '../vault-failure';
import type { VaultProtection, WaysIn } from '../vault-types';
import { type SlotKind, type SlotOf, SlotSchema } from './key-rows';

const kindOf = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'kind' in row ? row.kind : undefined;

/** The ways in as they are stored. One that is damaged does not bar the others. */
export class StoredSlots {
  readonly #rows: readonly unknown[];

  constructor(rows: readonly unknown[]) {
    this.#rows = rows;
  }

  get protection(): VaultProtection {
    return this.#row('device') === undefined ? 'passphrase' : 'convenience';
  }

  get waysIn(): WaysIn {
    const passkey = v.safeParse(SlotSchema, this.#row('passkey'));
    const handle = passkey.success && passkey.output.kind === 'passkey' ? passkey.output : undefined;
    return {
      passkey:
        handle === undefined
          ? undefined
          : { credentialId: handle.credentialId, prfSalt: handle.prfSalt, createdAt: handle.createdAt },
      hasRecoveryCode: this.#row('recovery') !== undefined,
    };
  }

  /**
   * The slot of a kind; `undefined` where there is none.
   *
   * @throws VaultFailure `unavailable` when it is damaged, or its parameters are below the floor
   */
  of<K extends SlotKind>(kind: K): SlotOf<K> | undefined {
    const row = this.#row(kind);
    if (row === undefined) return undefined;
    const parsed = v.safeParse(SlotSchema, row);
    if (parsed.success) return parsed.output as SlotOf<K>;
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue) ?? kind;
    throw unavailable(`a way into the vault is damaged or unsafe: ${where}: ${issue.message}`);
  }

  #row(kind: SlotKind): unknown {
    return this.#rows.find((row) => kindOf(row) === kind);
  }
}
