import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { assert } from '../../src/core/assert';
import { granted, type Permits } from './permits';

/** A minute, and a little for clocks that differ. */
const KEPT_SECONDS = 90;

/** Shared through Redis, where every key ends by itself. */
export class RedisPermits implements Permits {
  readonly #redis: Redis;

  private constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** Waits for the connection, but not long: where Redis is away it is tried again and again, and calls reject. */
  static async open(url: string): Promise<RedisPermits> {
    const redis = new Redis(url, {
      lazyConnect: true,
      // A request does not wait for a reconnection: its replica counts for itself meanwhile.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 1_000,
      commandTimeout: 500,
      retryStrategy: (tries) => Math.min(2_000, 50 * tries),
    });
    // Without a listener the client writes to the console. Calls that fail say so themselves.
    redis.on('error', () => undefined);
    await redis.connect().catch(() => undefined);
    return new RedisPermits(redis);
  }

  async salt(minute: number): Promise<string> {
    const name = `echo:salt:${minute}`;
    await this.#redis.set(name, randomBytes(16).toString('base64url'), 'EX', KEPT_SECONDS, 'NX');
    const salt = await this.#redis.get(name);
    assert(salt !== null, 'the salt of a minute is there once it was asked for');
    return salt;
  }

  async take(minute: number, pseudonym: string, wanted: number, limit: number): Promise<number> {
    const name = `echo:taken:${minute}:${pseudonym}`;
    const replies = await this.#redis.multi().incrby(name, wanted).expire(name, KEPT_SECONDS).exec();
    const [error, taken] = replies?.[0] ?? [new Error('Redis dropped the transaction'), 0];
    if (error !== null) throw error;
    return granted(Number(taken), wanted, limit);
  }

  async forgetBefore(): Promise<void> {
    await Promise.resolve();
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
    await Promise.resolve();
  }
}
