import type { Result } from '../core/result';
import type { AuditPage, AuditVerdict } from '../vault/audit/audit-entry';
import type { KeyState } from '../vault/keys/key-state';
import type { VaultError } from '../vault/vault-types';
import type { Engine } from './engine';
import type { SessionAgent } from './session-agent';

/** Ways into the vault beside the passphrase, its keys, and the log of what happened to them. */
export class KeyAgent {
  readonly #engine: Engine;
  readonly #session: SessionAgent;

  constructor(engine: Engine, session: SessionAgent) {
    this.#engine = engine;
    this.#session = session;
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
