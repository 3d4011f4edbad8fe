import { randomBytes } from 'node:crypto';
import { granted, type Permits } from './permits';

/** More addresses than this in a minute, and the one that was seen first starts anew. */
const MOST_ADDRESSES = 100_000;

/** For one replica alone. */
export class MemoryPermits implements Permits {
  #minute = -1;
  #salt = '';
  readonly #taken = new Map<string, number>();

  async salt(minute: number): Promise<string> {
    this.#turnTo(minute);
    return this.#salt;
  }

  async take(minute: number, pseudonym: string, wanted: number, limit: number): Promise<number> {
    this.#turnTo(minute);
    const taken = (this.#taken.get(pseudonym) ?? 0) + wanted;
    this.#taken.set(pseudonym, taken);
    if (this.#taken.size > MOST_ADDRESSES)
      for (const oldest of this.#taken.keys()) {
        this.#taken.delete(oldest);
        break;
      }
    return granted(taken, wanted, limit);
  }

  async forgetBefore(minute: number): Promise<void> {
    this.#turnTo(minute);
  }

  async close(): Promise<void> {
    this.#taken.clear();
  }

  #turnTo(minute: number): void {
    if (minute <= this.#minute) return;
    this.#minute = minute;
    this.#salt = randomBytes(16).toString('base64url');
    this.#taken.clear();
  }
}
