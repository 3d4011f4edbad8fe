import { err, type Result } from '../../core/result';
import type { AuditPage, AuditVerdict } from '../../vault/audit/audit-entry';
import type { KeyState } from '../../vault/keys/key-state';
import type { VaultError } from '../../vault/vault-types';
import type { Engine } from '../engine';
import { createPasskey, type PasskeyError, readPasskey } from './passkey';
import type { SessionAgent } from './session-agent';

/** Ways into the vault beside the passphrase, its keys, and the log of what happened to them. */
export class KeyAgent {
  readonly #engine: Engine;
  readonly #session: SessionAgent;

  constructor(engine: Engine, session: SessionAgent) {
    this.#engine = engine;
    this.#session = session;
  }

  /** @param name how the device lists it */
  async addPasskey(name: string): Promise<Result<void, VaultError | PasskeyError>> {
    const made = await createPasskey(name);
    if (!made.ok) return made;
    const added = await this.#engine.vault.addPasskey(made.value);
    made.value.prf.fill(0);
    return this.#session.show(added);
  }

  /** Opens the vault with its passkey; `unsupported` when it has none. */
  async unlockWithPasskey(): Promise<Result<void, VaultError | PasskeyError>> {
    const { vault } = this.#engine.store.state;
    const handle = vault.kind === 'locked' ? vault.waysIn.passkey : undefined;
    if (handle === undefined) return err({ kind: 'unsupported' });
    const read = await readPasskey(handle);
    if (!read.ok) return read;
    return this.#session.unlock({ kind: 'passkey', prf: read.value });
  }

  /** Makes a code that opens the vault; the one before no longer does. Nothing keeps it: show it once. */
  async makeRecoveryCode(): Promise<Result<string, VaultError>> {
    const made = await this.#engine.vault.makeRecoveryCode();
    if (made.ok) await this.#session.refreshStatus();
    return made;
  }

  async removeWayIn(way: 'passkey' | 'recovery-code'): Promise<Result<void, VaultError>> {
    const { vault } = this.#engine;
    return this.#session.show(
      way === 'passkey' ? await vault.removePasskey() : await vault.removeRecoveryCode(),
    );
  }

  keyState(): Promise<Result<KeyState, VaultError>> {
    return this.#engine.vault.keyState();
  }

  /** Replaces every data key now; upkeep seals the rows under them anew. */
  rotateKeys(): Promise<Result<KeyState, VaultError>> {
    return this.#engine.vault.rotateKeys();
  }

  auditLog(before?: number): Promise<Result<AuditPage, VaultError>> {
    return this.#engine.vault.auditPage(before);
  }

  verifyAuditLog(): Promise<Result<AuditVerdict, VaultError>> {
    return this.#engine.vault.verifyAudit();
  }
}
