import type { JsonObject } from '../../core/json';
import { vaultErrorOf } from '../vault-failure';
import type { AuditEvent } from './audit-entry';
import { AuditLog, type AuditSession } from './audit-log';

/** More than these can only be lost by a disk that stays full all the while. */
const MOST_WAITING = 256;

/**
 * Writes down what happened to the vault. A full disk must not keep anybody from opening their vault and making
 * room: what cannot be written then waits for the next time.
 */
export class AuditTrail {
  readonly log = new AuditLog();
  readonly #waiting: { readonly event: AuditEvent; readonly detail: JsonObject }[] = [];

  async note(session: AuditSession, event: AuditEvent, detail: JsonObject = {}): Promise<void> {
    if (this.#waiting.length >= MOST_WAITING) this.#waiting.shift();
    this.#waiting.push({ event, detail });
    try {
      for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
        await this.log.append(session, next.event, next.detail);
        this.#waiting.shift();
      }
    } catch (error) {
      if (vaultErrorOf(error).kind !== 'quota') throw error;
    }
  }

  /** Somebody was refused. On a full disk that is all they are told, and nothing counts it. */
  async noteRefusal(keys: AuditSession['keys']): Promise<void> {
    try {
      await this.log.countRefusal(keys);
    } catch (error) {
      if (vaultErrorOf(error).kind !== 'quota') throw error;
    }
  }
}
